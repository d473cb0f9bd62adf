import Command
import Flows
import Services

/// `mitxonline-jobs defer-enrollment`.
enum DeferEnrollmentCommand {
    private static let from = Option(
        "from", ValueType<String>.runKey, "the key of the course run that is given up: course-v1:MITx+6.00x+3T2026")
    private static let to = Option(
        "to", ValueType<String>.runKey, "the key of the course run that takes its place; none when it is left out")
    private static let force = Option(
        flag: "force", "also when the enrollment is inactive, or the other run is closed or of another course")

    static let subcommand = Subcommand(
        "defer-enrollment",
        "Moves what learners paid for one course run to another, where they are verified from then on",
        discussion: """
            The enrollment that is given up stays in audit. Doing the same again after an interruption is harmless. Prints only \
            what it would do unless --commit is given.
            """,
        options: [EnrollmentChoice.users, from, to, force, EnrollmentWork.keepFailed, EnrollmentChoice.commit],
        settings: EnrollmentWork.settings, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let work = try await EnrollmentWork(invocation, as: "defer-enrollment")
        let source = try await work.run(from, named: "from")
        let target = try invocation[to] == nil ? nil : try await work.run(to, named: "to")
        let isForced = try invocation[force]
        let keepsFailed = try invocation[EnrollmentWork.keepFailed]
        let words = "from \(source.key) to \(target?.key ?? "no run")"
        return try await work.forEach(try await work.learners()) { learner in
            guard work.isCommitted else {
                try await work.changes.checkDeferral(
                    of: learner, from: source.key, to: target?.key, isForced: isForced)
                return try work.wouldDo("defer learner \(learner) \(words)")
            }
            do {
                _ = try await work.changes.deferEnrollment(
                    of: learner, from: source.key, to: target?.key, keepsFailed: keepsFailed, isForced: isForced)
            } catch let problem as DeferralProblem where problem.cause?.disposition == .systemic {
                throw problem.cause ?? problem
            }
            try work.tell(learner, "deferred \(words)")
        }
    }
}
