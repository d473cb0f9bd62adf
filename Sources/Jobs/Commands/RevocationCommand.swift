import Command
import Flows
import Publisher
import Records
import Store
import Worker

/// `mitxonline-jobs revoke-certificates` and `restore-certificates` (`spec/openedx.md` §8.5).
enum RevocationCommand {
    static let revoke = subcommand(
        "revoke-certificates", "Revokes the certificate of a learner, which then is neither shown nor counts", true)
    static let restore = subcommand(
        "restore-certificates", "Makes the revoked certificate of a learner valid again", false)

    private static func subcommand(_ name: String, _ summary: String, _ isRevoked: Bool) -> Subcommand {
        Subcommand(
            name, summary,
            discussion: """
                The certificate of one learner for one course run or program. Nothing happens if it is so already. Prints only \
                what it would do unless --commit is given. With --output the certificate's page and documents go, or come back, at \
                once; otherwise when a job next writes them.
                """,
            options: [EnrollmentChoice.run, ProgramChoice.program, ProgramChoice.user, EnrollmentChoice.commit],
            settings: [JobsSettings.database, SiteSetting.siteBaseURL] + CertificateSettings.all
        ) { invocation in try await set(isRevoked, invocation) }
    }

    private static func set(_ isRevoked: Bool, _ invocation: Invocation) async throws -> Outcome {
        let (key, program) = (try invocation[EnrollmentChoice.run], try invocation[ProgramChoice.program])
        guard (key == nil) != (program == nil) else {
            throw Failure(.usage, "choose a certificate: give either --run or --program")
        }
        guard try invocation[ProgramChoice.user] != nil else { throw Failure(.usage, "choose a learner: give --user") }
        let database = try Database(invocation)
        try await Migration.check(database)
        let isCommitted = try invocation[EnrollmentChoice.commit]
        let settings = try CertificateSettings(invocation.settings)
        let now = invocation.time.now()
        let subject = try await subject(invocation, in: database)
        guard let learner = try await ProgramChoice.user(invocation, from: database) else { return Outcome() }
        let change = try await database.rehearsing(isCommitted) { session in
            try Revocation(of: subject, user: learner).set(isRevoked, at: now, in: &session)
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

    /// The run or the program that was chosen.
    private static func subject(_ invocation: Invocation, in database: Database) async throws -> CertificateSubject {
        if let program = try await ProgramChoice.program(invocation, from: database) {
            return CertificateSubject(kind: .program, id: program, product: program)
        }
        let key = try invocation[EnrollmentChoice.run] ?? ""
        return try await database.read { session in
            guard let run = try GradedRun.named(key, in: &session) else {
                throw Failure(.data, "--run: there is no course run with that key")
            }
            return CertificateSubject(kind: .course, id: run.id, product: run.courseID)
        }
    }
}
