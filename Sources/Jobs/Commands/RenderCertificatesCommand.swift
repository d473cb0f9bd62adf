import Command
import Flows
import Publisher
import Records
import Store
import Worker

/// `mitxonline-jobs render-certificates`.
enum RenderCertificatesCommand {
    static let subcommand = Subcommand(
        "render-certificates", "Brings the pages and documents of certificates up to date now",
        discussion: """
            The jobs that change certificates do so at their end. Without --user and --certificate all certificates are compared with \
            what was written from them, and what no certificate stands behind is removed; with them, the files of those alone are \
            written again or removed, whatever is known of them. Files go into the folder certificates of --output. There is no dry \
            run: nothing but these files changes.
            """,
        options: [ProgramChoice.user, CertificateNumbers.certificates],
        settings: [JobsSettings.database, SiteSetting.siteBaseURL] + CertificateSettings.all, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        guard let settings = try CertificateSettings(invocation.settings) else {
            throw Failure(.usage, "output is not set: give --output PATH or set MITXONLINE_OUTPUT")
        }
        let database = try Database(invocation)
        let faults = invocation.faults
        let folder = CertificateFolder(
            settings, database: database, log: invocation.log, time: invocation.time, checkpoint: { faults.pass($0) })
        let learner = try await ProgramChoice.user(invocation, from: database)
        let certificates = try invocation[CertificateNumbers.certificates]
        let result: CertificateFolder.Outcome
        if learner != nil || certificates != nil {
            result = try await folder.publish(only: certificates ?? [], ofLearner: learner)
        } else {
            result = try await folder.publish()
        }
        try invocation.print(
            "\(result.visible) certificates, \(result.written) files written, \(result.removed) removed"
        ) {
            object in
            object.member("visible", result.visible)
            object.member("written", result.written)
            object.member("removed", result.removed)
        }
        return Outcome(summary: ["written": .int(result.written), "removed": .int(result.removed)])
    }
}
