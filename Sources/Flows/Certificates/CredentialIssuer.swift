import Bytes
import Command
import HTTP
import Markup
import Publisher
import Records
import Services
import Store
import Synchronization
import Worker

/// What a ``CredentialIssuer`` needs to know: `CredentialSetting.all`, the site's own address and those of
/// ``CertificateSettings/all``.
public struct CredentialIssuerSettings: Sendable {
    let signer: CredentialSettings
    /// The address of MITx Online, where images are.
    let site: WebURL
    /// The address of MIT Learn, where courses and programs are described.
    let learn: WebURL

    /// The values that were given; nil without a signer: then no credentials are issued.
    ///
    /// - Throws: ``Failure`` `configuration` for a setting that is wrong.
    public init?(_ settings: Settings) throws(Failure) {
        guard let signer = try CredentialSettings(settings) else { return nil }
        self.signer = signer
        site = try settings[SiteSetting.siteBaseURL]
        learn = try settings[SiteSetting.learnBaseURL]
    }
}

/// Has the verifiable credentials of certificates signed, and links them (`spec/openedx.md` §11.5).
///
/// The id of a credential is its certificate's number: a process that dies between the signature and its row has it signed once
/// more, and there is one row. A certificate never fails over its credential.
public final class CredentialIssuer: Sendable {
    private let context: JobContext
    private let settings: CredentialIssuerSettings?
    private let signer: CredentialSigner?
    private let state = Mutex(State())

    /// After so many failures of the signer in a row it is left alone for the rest of the run.
    public static let patience = 5

    private struct State {
        var failuresInARow = 0
        var isLeftAlone = false
    }

    /// An issuer within a run of a job; without settings it issues nothing.
    ///
    /// - Parameter transport: the way out, which must not repeat calls.
    public init(in context: JobContext, settings: CredentialIssuerSettings?, over transport: any Transport) {
        self.context = context
        self.settings = settings
        signer = settings.map { CredentialSigner($0.signer, over: transport, time: context.time) }
    }

    /// Whether there is a signer.
    public var isOn: Bool { signer != nil }

    /// Whether the signer failed so often, or so thoroughly, that it is asked no more in this run.
    public var isLeftAlone: Bool { state.withLock(\.isLeftAlone) }

    /// Has the credentials signed that the certificates lack; failures are logged, and the certificates stand. Returns how many
    /// were issued.
    @discardableResult public func issue(_ kind: CertificateKind, _ ids: [Int]) async -> Int {
        guard isOn, !ids.isEmpty else { return 0 }
        var issued = 0
        do {
            let requests = try await context.read { session in try session.credentialRequests(kind, .ids(ids)) }
            for request in requests where !isLeftAlone && context.mayBegin() {
                if try await attempt(request) { issued += 1 }
            }
        } catch {
            // Of an unknown error nothing but the type is known to be free of secrets.
            let problem = (error as? StoreError)?.description ?? "unexpected \(String(reflecting: type(of: error)))"
            context.log.error("credentials_postponed", ["certificates": .int(ids.count), "problem": .string(problem)])
        }
        return issued
    }

    /// The same for one certificate, with a failure of the signer logged; whether its credential was issued.
    private func attempt(_ request: CredentialRequest) async throws -> Bool {
        do {
            return try await issue(request)
        } catch let error as ServiceError {
            if error.disposition != .stopped {
                context.log.warning(
                    "credential_postponed",
                    ["item": .string(request.item), "problem": .string(error.description)])
            }
            if isLeftAlone { context.alarm("credential_signer_fails", ["failures": .int(Self.patience)]) }
        } catch let error as Postponed {
            context.log.warning(
                "credential_postponed", ["item": .string(request.item), "problem": .string(error.problem)])
        }
        return false
    }

    /// Has one credential signed, and links it; false when the certificate has one by now, and in a dry run.
    ///
    /// - Parameter replaces: whether the certificate's credential, if it has one, gives way to the new one.
    /// - Throws: ``ServiceError`` when the signer fails; `Postponed` for a learner without enrollment; ``StoreError``.
    public func issue(_ request: CredentialRequest, replaces: Bool = false) async throws -> Bool {
        guard let settings, let signer else { return false }
        guard let enrolled = request.enrolled else {
            throw Postponed("the learner's enrollment is gone, which the credential must date")
        }
        if context.isDryRun {
            context.rehearse("would have the credential of \(request.item) signed")
            return false
        }
        let credential = try await sign(payload(of: request, enrolled: enrolled, settings), by: signer)
        try context.pass(EnginePoints.answered)
        let now = context.time.now()
        return try await context.write { session in
            guard try session.store(credential, for: request, replaces: replaces, at: now) else { return false }
            try Dirty.mark(request.kind.dirty, [request.id], at: now, in: &session)
            return true
        }
    }

    private func sign(_ payload: CredentialPayload, by signer: CredentialSigner) async throws(ServiceError) -> JSONValue
    {
        do throws(ServiceError) {
            let credential = try await signer.sign(payload)
            state.withLock { $0.failuresInARow = 0 }
            return credential
        } catch {
            state.withLock { state in
                state.failuresInARow += 1
                state.isLeftAlone =
                    state.isLeftAlone || state.failuresInARow >= Self.patience || error.disposition == .systemic
            }
            throw error
        }
    }

    private func payload(
        of request: CredentialRequest, enrolled: Timestamp, _ settings: CredentialIssuerSettings
    ) -> CredentialPayload {
        let isProgram = request.kind == .program
        let folder = isProgram ? "programs" : "courses"
        return CredentialPayload(
            certificate: request.uuid.description, learner: request.learner, validFrom: request.issued,
            enrolled: enrolled, achievement: isProgram ? .program : .course,
            achievementURL: "\(settings.learn.origin)\(settings.learn.path)/\(folder)/\(request.readableID)",
            name: request.name, criteria: request.criteria,
            imageURL: request.imageFile.flatMap { file in
                file.isEmpty ? nil : "\(settings.site.origin)/\(PercentEncoding.path("media/\(file)"))"
            })
    }
}

extension CertificateKind {
    /// What HubSpot has of the certificates.
    fileprivate var dirty: Dirty.Kind {
        switch self {
        case .course: .courseCertificate
        case .program: .programCertificate
        }
    }
}
