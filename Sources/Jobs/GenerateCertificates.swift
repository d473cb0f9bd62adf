import Bytes
import Command
import Flows
import Records
import Services
import Store
import Worker

/// Takes over grades from Open edX, and issues the course certificates that they earn (`spec/openedx.md` §8).
struct GenerateCertificates: ConfiguredJob {
    static let name: JobName = "generate-certificates"
    static let summary = "Takes over grades from Open edX, and issues the course certificates that they earn"
    static let schedule = Schedule("*-*-* *:00:00 UTC", every: .seconds(3600))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [
        .runs, .runsFailed, .gradesCreated, .gradesUpdated, .gradesInvalid, .unknownUsers, .certificatesCreated,
        .certificatesDeleted, .certificatesRevoked, .certificatesFailed, .credentialsIssued,
    ]
    static let settings: [any AnySetting] =
        OpenEdXSetting.all + [window] + CredentialSetting.all + CertificateSettings.all
    static let neededSettings: [any AnySetting] = [OpenEdXSetting.serviceWorkerToken]

    private static let window = Setting(
        "certificateCreationWindow", ValueType<Int>.integer(0...36_500), preset: "31",
        environment: ["CERTIFICATE_CREATION_WINDOW_IN_DAYS"],
        "for how many days after its certificates became available the grades of a run are fetched")

    private let resources: JobResources
    private let openEdX: OpenEdXSettings
    private let windowDays: Int
    private let issuer: CredentialIssuerSettings?
    private let folder: CertificateSettings?
    /// What an operator chose; nil for the runs that are due.
    private let choice: CertificateOrder?

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, choice: nil)
    }

    /// The job for what an operator chose, whatever the dates of the run.
    init(_ resources: JobResources, choice: CertificateOrder?) throws(Failure) {
        self.resources = resources
        openEdX = try OpenEdXSettings(resources.settings)
        windowDays = try resources.settings[Self.window]
        issuer = try CredentialIssuerSettings(resources.settings)
        folder = try CertificateSettings(resources.settings)
        self.choice = choice
    }

    func run(_ context: JobContext) async throws {
        let client = resources.openEdX(openEdX, in: context)
        let certificates = resources.courseCertificates(resources.credentials(issuer, in: context), in: context)
        if let choice {
            context.count(.runs)
            try await choice.work(certificates, client, context)
        } else {
            try await sweep(certificates, client, context)
        }
        try await CertificateFolder.publish(folder, in: context)
    }

    /// Takes over the grades of all runs that are due.
    private func sweep(
        _ certificates: CourseCertificates, _ client: OpenEdXClient, _ context: JobContext
    ) async throws {
        let now = context.time.now()
        let (runs, last) = try await context.read { session in
            let runs = try GradedRun.due(at: now, window: .seconds(windowDays * 86_400), in: &session)
            return (runs, try RunSweep.cursor.position(in: &session)?.id)
        }
        let sweep = RunSweep(runs, after: last, limit: context.limit)
        await context.log.progress("runs", total: sweep.runs.count) { bar in
            await context.forEach(sweep.runs, atOnce: resources.atOnce, name: { "run \($0.id)" }) { run in
                defer { bar.advance() }
                if try await take(run, certificates, client, context) { try await sweep.finished(run, in: context) }
            }
        }
    }

    /// Takes over the grades of a run; false when it is to be taken up again by the next run of the job.
    private func take(
        _ run: GradedRun, _ certificates: CourseCertificates, _ client: OpenEdXClient, _ context: JobContext
    ) async throws -> Bool {
        do {
            guard try await certificates.takeOver(run, from: client) else { return false }
            context.count(.runs)
            return true
        } catch let error as ServiceError {
            guard error.disposition != .stopped else { return false }
            context.count(.runs)
            context.count(.runsFailed)
            context.failed("run \(run.id)", error, in: .question)
            return true
        }
    }
}

extension Counter {
    /// Runs whose grades were asked for.
    static let runs = Counter("runs")
    /// Those of them that Open edX did not give.
    static let runsFailed = Counter("runs_failed")
    /// Credentials that were signed for new certificates.
    static let credentialsIssued = Counter("credentials_issued")
}
