import Command
import Flows
import Publisher
import Records
import Services
import Store
import Worker

/// Has the verifiable credentials signed that certificates lack (`spec/openedx.md` §11.5), and brings the folder of the
/// certificates up to date, where those become visible whose day has come.
struct IssueCredentials: ConfiguredJob {
    static let name: JobName = "issue-credentials"
    static let summary = "Has the verifiable credentials signed that certificates lack"
    static let schedule = Schedule("*-*-* 04:30:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.selected, .credentialsIssued, .transient, .permanent]
    static let settings = [SiteSetting.siteBaseURL] + CredentialSetting.all + CertificateSettings.all

    /// How many are signed in one run at most.
    private static let most = 200

    private let resources: JobResources
    private let issuer: CredentialIssuerSettings?
    private let certificates: CertificateSettings?
    /// What an operator chose; nil for the newest that lack one.
    private let choice: [UniqueID]?
    private let replaces: Bool

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, choice: nil, replaces: false)
    }

    /// The job for the certificates that an operator chose.
    ///
    /// - Parameter replaces: whether those that have a credential get another one.
    init(_ resources: JobResources, choice: [UniqueID]?, replaces: Bool) throws(Failure) {
        self.resources = resources
        issuer = try CredentialIssuerSettings(resources.settings)
        certificates = try CertificateSettings(resources.settings)
        self.choice = choice
        self.replaces = replaces
    }

    func run(_ context: JobContext) async throws {
        let issuer = resources.credentials(issuer, in: context)
        if issuer.isOn {
            try await issue(issuer, context)
        } else {
            context.log.info("credentials_off", ["problem": "VERIFIABLE_CREDENTIAL_SIGNER_URL is not set"])
        }
        try await CertificateFolder.publish(certificates, in: context)
    }

    private func issue(_ issuer: CredentialIssuer, _ context: JobContext) async throws {
        let requests = try await selection(context)
        context.count(.selected, by: requests.count)
        try await context.log.progress("credentials", total: requests.count) { bar in
            for request in requests where context.mayBegin() && !issuer.isLeftAlone {
                do {
                    if try await issuer.issue(request, replaces: replaces) { context.count(.credentialsIssued) }
                } catch {
                    try await note(error, of: request, context)
                }
                bar.advance()
            }
        }
        if issuer.isLeftAlone {
            context.alarm("credential_signer_fails", ["failures": .int(CredentialIssuer.patience)])
        }
    }

    /// Counts a failure; what the signer refused as such is parked after the fifth time.
    private func note(_ error: any Error, of request: CredentialRequest, _ context: JobContext) async throws {
        context.failed(request.item, error)
        guard let error = error as? ServiceError, error.disposition == .permanent, choice == nil else { return }
        let now = context.time.now()
        _ = try await context.write { session in
            try Items(of: Self.name).failed(request.key, error.description, at: now, in: &session)
        }
    }

    private func selection(_ context: JobContext) async throws -> [CredentialRequest] {
        let now = context.time.now()
        let most = min(Self.most, context.limit ?? Self.most)
        let (requests, orphans) = try await context.read { session in
            let parked = try Items(of: Self.name).parked(in: &session).map(\.key)
            var requests: [CredentialRequest] = []
            var orphans = 0
            for kind in CertificateKind.allCases {
                if let choice {
                    requests += try session.credentialRequests(kind, .uuids(choice, replacing: replaces))
                } else {
                    let others = parked.compactMap { CredentialRequest.id(ofKey: $0, kind) }
                    requests += try session.credentialRequests(
                        kind, .newest(at: now, limit: most, passingOver: others))
                    orphans += try session.certificatesWithoutEnrollment(kind, at: now)
                }
            }
            return (requests, orphans)
        }
        if orphans > 0 {
            context.log.warning("credentials_without_enrollment", ["certificates": .int(orphans)])
        }
        guard choice == nil else { return requests }
        let sorted = requests.sorted { ($0.issued, $0.kind.rawValue, $0.id) > ($1.issued, $1.kind.rawValue, $1.id) }
        return Array(sorted.prefix(most))
    }
}
