import Command
import Flows

/// `mitxonline-jobs enroll-learners`.
enum EnrollLearnersCommand {
    private enum Mode: String, CaseIterable, Sendable {
        case audit, verified
    }

    private static let mode = Option("mode", ValueType<Mode>.choice, preset: "audit", "the mode of the enrollments")

    static let subcommand = Subcommand(
        "enroll-learners", "Enrolls learners in a course run, or changes the mode of their enrollments",
        discussion: """
            Open edX is told at once, and the learners get the mail that they get when they enroll themselves. Prints only \
            what it would do unless --commit is given.
            """,
        options: [
            EnrollmentChoice.users, EnrollmentChoice.run, mode, EnrollmentWork.keepFailed, EnrollmentChoice.commit,
        ],
        settings: EnrollmentWork.settings, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let work = try await EnrollmentWork(invocation, as: "enroll-learners")
        let run = try await work.run(EnrollmentChoice.run, named: "run")
        let learners = try await work.learners()
        let mode = try invocation[mode].rawValue
        let keepsFailed = try invocation[EnrollmentWork.keepFailed] ? true : nil
        return try await work.forEach(learners) { learner in
            guard work.isCommitted else {
                return try work.wouldDo("enroll learner \(learner) in \(run.key) as \(mode)")
            }
            let pushed = try await work.changes.push(learner, into: [run.id], as: mode, keepsFailed: keepsFailed)
            if let problem = pushed.first?.problem { throw problem }
            try work.tell(learner, "enrolled in \(run.key) as \(mode)")
        }
    }
}
