import Command
import Records
import Services
import Store
import Worker

/// `mitxonline-jobs issue-credentials`.
enum IssueCredentialsCommand {
    private static let force = Option(
        flag: "force", "also certificates that have a credential: the new one takes its place")

    static let subcommand = Subcommand(
        "issue-credentials", "Has the verifiable credentials of chosen certificates signed",
        discussion: """
            The same as the job of that name, for --certificate. With --force a credential is signed first, and the one before is \
            replaced only then. Prints only what it would do unless --commit is given.
            """,
        options: [CertificateNumbers.certificates, force, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        guard let chosen = try invocation[CertificateNumbers.certificates] else {
            throw Failure(.usage, "choose certificates: give --certificate")
        }
        let isDryRun = try !invocation[EnrollmentChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let known = try await workshop.database.read { session in try session.certificates(among: chosen) }
        if let position = chosen.firstIndex(where: { !known.contains($0) }) {
            throw Failure(
                .data, "--certificate: there is no certificate with that UUID (number \(position + 1) of the list)")
        }
        let resources = try workshop.resources(for: IssueCredentials.self)
        guard resources.settings.origin(of: CredentialSetting.signerURL) != .absent else {
            throw Failure(
                .configuration, "VERIFIABLE_CREDENTIAL_SIGNER_URL is not set, so that nothing can be signed: set it")
        }
        let job = try IssueCredentials(resources, choice: chosen, replaces: try invocation[force])
        let outcome = try await workshop.engine.run(job, isDryRun: isDryRun, isByHand: true)
        let nothing = "nothing to do: no certificate of that choice has a page that has credentials signed"
        try invocation.print(outcome, text: outcome.counts.isEmpty ? nothing : outcome.counts)
        return outcome
    }
}
