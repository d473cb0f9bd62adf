import Bytes
import Command
import Flows
import Records
import Store
import Worker

/// `mitxonline-jobs clone-course-run`.
enum CloneCourseRunCommand {
    private static let run = Option(
        "run", ValueType<String>.runKey,
        "the key of the run that is to be made at Studio, and that there is here already")
    private static let base = Option(
        "base", ValueType<String>.runKey, "the key of the run that is copied: course-v1:MITx+6.00x+3T2026")

    static let subcommand = Subcommand(
        "clone-course-run", "Has Studio make a course run, which is here already, as a copy of another one",
        discussion: """
            The copy is made by send-outbox, which tries again when Studio does not answer, and gets the title, the dates and \
            the modes of the run here. Prints only what it would do unless --commit is given.
            """,
        options: [run, base, EnrollmentChoice.commit], settings: [JobsSettings.database], run: clone)

    @Sendable private static func clone(_ invocation: Invocation) async throws -> Outcome {
        guard let key = try invocation[run], let base = try invocation[base] else {
            throw Failure(.usage, "choose the course runs: give --run and --base")
        }
        for (option, key) in [("--run", key), ("--base", base)] where !CourseRunKey.isValid(key) {
            throw Failure(.data, "\(option): that is not the key of a course run, such as course-v1:MITx+6.00x+3T2026")
        }
        guard key != base else {
            throw Failure(.data, "--run and --base name the same course run, which cannot be a copy of itself")
        }
        let database = try Database(invocation)
        try await Migration.check(database)
        let now = invocation.time.now()
        let isCommitted = try invocation[EnrollmentChoice.commit]
        guard let id = try await database.read({ session in try CloneRow.id(ofRun: key, in: &session) }) else {
            throw Failure(.data, "--run: there is no course run with that key")
        }
        var isNew = true
        if isCommitted {
            isNew = try await database.write { session in
                try CourseClone.post(run: id, key: key, base: base, at: now, in: &session)
            }
        }
        let text =
            !isCommitted
            ? "would clone \(base) to \(key); --commit does it"
            : isNew ? "queued the clone of \(base) to \(key)" : "a clone to \(key) waits already"
        try invocation.print(text) { object in
            object.member("run", key)
            object.member("base", base)
            object.member("committed", isCommitted)
            object.member("queued", isCommitted && isNew)
        }
        return Outcome(summary: ["queued": .int(isCommitted && isNew ? 1 : 0)])
    }
}
