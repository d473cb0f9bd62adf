import Command
import Flows
import Records
import Services
import Store
import Worker

/// What the commands that change enrollments at once work with (`spec/openedx.md` §17).
///
/// They are no runs of a job: they hold the learner's lock for as long as they are at it, and leave in the rows what the job
/// `retry-enrollments` is to see to.
struct EnrollmentWork {
    static let keepFailed = Option(
        flag: "keep-failed", "leave to retry-enrollments what Open edX does not take, instead of changing nothing")
    static let settings: [any AnySetting] = [JobsSettings.database, JobsSettings.lease]

    let invocation: Invocation
    let database: Database
    let changes: EnrollmentChanges
    let isCommitted: Bool

    init(_ invocation: Invocation, as command: String) async throws {
        self.invocation = invocation
        isCommitted = try invocation[EnrollmentChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: !isCommitted)
        try await Migration.check(workshop.database)
        database = workshop.database
        // The job that tells Open edX of enrollments needs the same settings.
        let resources = try workshop.resources(for: RetryEnrollments.self)
        changes = try resources.enrollmentChanges(as: "command:\(command)")
    }

    /// The learners of `--user`.
    ///
    /// - Throws: ``Failure`` `usage` without the option, `data` when there is no such learner.
    func learners() async throws -> [Int] {
        let choice = try await EnrollmentChoice.read(invocation, from: database)
        guard let users = choice?.users else { throw Failure(.usage, "choose learners: give --user") }
        return users
    }

    /// The run of an option.
    ///
    /// - Throws: ``Failure`` `usage` without the option, `data` when there is no such run.
    func run(_ option: Option<String?>, named name: String) async throws -> RunToEnroll {
        guard let key = try invocation[option] else { throw Failure(.usage, "choose a course run: give --\(name)") }
        let run = try await database.read { session in try RunToEnroll.row(key, in: &session) }
        guard let run, !run.isSource else { throw Failure(.data, "--\(name): there is no course run with that key") }
        return run
    }

    /// Prints what was done for a learner, or with what `problem` it was not.
    func tell(_ learner: Int, _ text: String, problem: (any Error)? = nil) throws {
        let line = problem.map { "learner \(learner): \($0)" } ?? "learner \(learner): \(text)"
        try invocation.print(line) { object in
            object.member("learner", learner)
            object.member(problem == nil ? "done" : "problem", problem.map { "\($0)" } ?? text)
        }
    }

    /// Prints what would be done.
    func wouldDo(_ text: String) throws {
        try invocation.print("would \(text)") { $0.member("would", text) }
    }

    /// Does something for each learner; one that fails does not stop the others, but a wrong credential or a signal does.
    func forEach(_ learners: [Int], _ body: (Int) async throws -> Void) async throws -> Outcome {
        var failed = 0
        var done = 0
        for learner in learners where !Task.isCancelled {
            do {
                try await body(learner)
                done += 1
            } catch let error as Failure {
                throw error
            } catch let error as ServiceError where error.disposition == .systemic || error.disposition == .stopped {
                throw error
            } catch {
                failed += 1
                try tell(learner, "", problem: error)
            }
        }
        return Outcome(
            failed > 0 ? .partly : .done,
            summary: ["done": .int(done), "failed": .int(failed), "committed": .bool(isCommitted)])
    }
}

extension JobResources {
    /// The changes of enrollments outside a run of a job.
    func enrollmentChanges(as stamp: String) throws -> EnrollmentChanges {
        let numbers = numbers
        let transport = OpenEdXClient.transport(
            over: transport, limiter: limiter, log: log, time: time,
            random: { Double(numbers.number(0...999_999)) / 1_000_000 }, sleep: sleep)
        let client = OpenEdXClient(try OpenEdXSettings(settings), over: transport, time: time)
        let tokens = LearnerTokens(database: database, client: client, locks: locks, time: time, log: log)
        let accounts = AccountRepair(
            database: database, client: client, locks: locks, tokens: tokens, time: time, random: numbers, log: log)
        return EnrollmentChanges(with: accounts, stamp: stamp)
    }

    /// The changes of enrollments within a run of a job.
    func enrollmentChanges(_ client: OpenEdXClient, in context: JobContext) -> EnrollmentChanges {
        EnrollmentChanges(with: accounts(client, in: context), stamp: context.stamp)
    }
}
