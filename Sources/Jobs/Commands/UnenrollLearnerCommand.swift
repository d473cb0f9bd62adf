import Command
import Flows
import Records

/// `mitxonline-jobs unenroll-learner`.
enum UnenrollLearnerCommand {
    static let subcommand = Subcommand(
        "unenroll-learner", "Ends the enrollment of learners in a course run, in Open edX and here",
        discussion: """
            What they paid for the run is forgotten, and they get the mail that they get when they leave. Prints only what it \
            would do unless --commit is given.
            """,
        options: [EnrollmentChoice.users, EnrollmentChoice.run, EnrollmentWork.keepFailed, EnrollmentChoice.commit],
        settings: EnrollmentWork.settings, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let work = try await EnrollmentWork(invocation, as: "unenroll-learner")
        let run = try await work.run(EnrollmentChoice.run, named: "run")
        let learners = try await work.learners()
        let keepsFailed = try invocation[EnrollmentWork.keepFailed] ? true : nil
        return try await work.forEach(learners) { learner in
            let row = try await work.database.read { session in
                try EnrollmentRow.row(user: learner, run: run.id, in: &session)
            }
            guard let row, row.isActive else { throw NotEnrolled() }
            guard work.isCommitted else { return try work.wouldDo("end enrollment \(row.id) in \(run.key)") }
            switch try await work.changes.leave(row.id, keepsFailed: keepsFailed) {
            case .left(problem: nil): try work.tell(learner, "left \(run.key)")
            case .left: try work.tell(learner, "left \(run.key); retry-enrollments will tell Open edX")
            case .refused(let problem): throw problem
            case .notEnrolled: throw NotEnrolled()
            }
        }
    }

    private struct NotEnrolled: Error, CustomStringConvertible {
        let description = "has no active enrollment in the course run"
    }
}
