import Command
import Flows
import Publisher
import Records
import Store
import Worker

/// `mitxonline-jobs revoke-certificates` and `restore-certificates` (`spec/openedx.md` §8.5).
enum RevocationCommand {
    private static let run = Option(
        "run", ValueType<String>.text, "the key of the course run: course-v1:MITx+6.00x+3T2026")
    private static let program = Option(
        "program", ValueType<String>.text, "the program, for a program certificate: its id or readable id")
    private static let user = Option(
        "user", ValueType<String>.text, "the learner: id, e-mail address or name at Open edX")

    static let revoke = subcommand(
        "revoke-certificates", "Revokes the certificate of a learner, which then is shown and counts no more", true)
    static let restore = subcommand(
        "restore-certificates", "Takes back that the certificate of a learner was revoked", false)

    private static func subcommand(_ name: String, _ summary: String, _ isRevoked: Bool) -> Subcommand {
        Subcommand(
            name, summary,
            discussion: """
                The certificate of one learner for one course run or program. Nothing happens if it is so already. Prints only \
                what it would do unless --commit is given. With --output the certificate's page and documents go, or come back, at \
                once; otherwise when a job next writes them.
                """,
            options: [run, program, user, EnrollmentChoice.commit],
            settings: [JobsSettings.database, SiteSetting.siteBaseURL] + CertificateSettings.all
        ) { invocation in try await set(isRevoked, invocation) }
    }

    private static func set(_ isRevoked: Bool, _ invocation: Invocation) async throws -> Outcome {
        let (key, programName) = (try invocation[run], try invocation[program])
        guard (key == nil) != (programName == nil) else {
            throw Failure(.usage, "choose a certificate: give either --run or --program")
        }
        guard let name = try invocation[user] else { throw Failure(.usage, "choose a learner: give --user") }
        let database = try Database(invocation)
        try await Migration.check(database)
        let isCommitted = try invocation[EnrollmentChoice.commit]
        let settings = try CertificateSettings(invocation.settings)
        let now = invocation.time.now()
        let change = try await rehearsed(!isCommitted, in: database) { session in
            guard let id = try session.learnerID(namedBy: name) else {
                throw Failure(.data, "--user: there is no learner of that kind")
            }
            let holder = try session.certificateHolder(run: key, program: programName)
            return try Revocation(of: holder, user: id).set(isRevoked, at: now, in: &session)
        }
        let verb = isRevoked ? "revoked" : "restored"
        let text =
            change.isChange
            ? isCommitted ? "\(verb) \(change.name)" : "would have \(verb) \(change.name); --commit does it"
            : "\(change.name) is \(verb) already"
        try invocation.print(text) { object in
            object.member("certificate", change.id)
            object.member("kind", change.kind.rawValue)
            object.member("changed", change.isChange)
            object.member("committed", isCommitted)
        }
        if isCommitted, let settings {
            let faults = invocation.faults
            let folder = CertificateFolder(
                settings, database: database, log: invocation.log, time: invocation.time,
                checkpoint: { faults.pass($0) })
            try await folder.publish(only: [change.uuid], ofLearner: nil)
        }
        return Outcome(
            summary: ["certificates": .int(change.isChange ? 1 : 0), "committed": .bool(isCommitted)])
    }

    /// The transaction, undone again when it is not to be committed.
    private static func rehearsed(
        _ isUndone: Bool, in database: Database, _ body: @Sendable (inout Session) throws -> Revocation.Change
    ) async throws -> Revocation.Change {
        do {
            return try await database.write { session in
                let change = try body(&session)
                if isUndone { throw Undone(change: change) }
                return change
            }
        } catch let undone as Undone {
            return undone.change
        }
    }

    private struct Undone: Error {
        let change: Revocation.Change
    }
}

extension Session {
    fileprivate mutating func certificateHolder(run: String?, program: String?) throws -> CertificateSubject {
        if let run {
            guard let found = try GradedRun.named(run, in: &self) else {
                throw Failure(.data, "--run: there is no course run with that key")
            }
            return CertificateSubject(kind: .course, id: found.id, product: found.courseID)
        }
        guard let id = try programID(namedBy: program ?? "") else {
            throw Failure(.data, "--program: there is no such program")
        }
        return CertificateSubject(kind: .program, id: id, product: id)
    }
}
