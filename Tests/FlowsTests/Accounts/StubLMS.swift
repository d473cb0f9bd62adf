import Bytes
import Command
import Records
import Services

@testable import Flows

/// Open edX as far as accounts go: it keeps what was registered, answers as a script says, and writes down every call.
actor StubLMS: AccountService {
    /// What a registration is answered instead of what the state says.
    enum Fault {
        case refuse(Int, String?, suggestions: [String] = [])
        case fail(ServiceError)
        /// The account is made, and the answer lost.
        case loseAnswer
    }

    private(set) var accounts: [(username: String, email: String)] = []
    private(set) var journal: [String] = []
    private var faults: [Fault] = []
    private var endlessly: Fault?
    var lookUpError: ServiceError?
    var freeing: Result<Bool, ServiceError> = .success(false)
    var existence: Result<Bool, ServiceError> = .success(true)
    private var atRegistration: (@Sendable () async throws -> Void)?
    private(set) var tokensSeen: [Secret] = []

    func add(_ username: String, _ email: String) { accounts.append((username, email)) }

    func script(_ faults: Fault...) { self.faults = faults }

    func repeatFault(_ fault: Fault) { endlessly = fault }

    func set(
        lookUpError: ServiceError? = nil, freeing: Result<Bool, ServiceError> = .success(false),
        existence: Result<Bool, ServiceError> = .success(true)
    ) {
        self.lookUpError = lookUpError
        self.freeing = freeing
        self.existence = existence
    }

    /// Runs `body` during every registration, when Open edX asks MITx Online who the learner is.
    func duringRegistration(_ body: @escaping @Sendable () async throws -> Void) { atRegistration = body }

    func register(
        _ learner: Learner, username: String, token: Secret
    ) async throws(ServiceError) -> RegistrationAnswer {
        journal.append("register \(username)")
        tokensSeen.append(token)
        do { try await atRegistration?() } catch { journal.append("during registration: \(error)") }
        switch faults.isEmpty ? endlessly : faults.removeFirst() {
        case .refuse(let status, let code, let suggestions):
            return StubLMS.refusal(status, code, suggestions)
        case .fail(let error): throw error
        case .loseAnswer:
            add(username, learner.email)
            throw StubLMS.error(nil, .unavailable(retryAfter: nil), mayHaveHappened: true)
        case nil: break
        }
        let sameName = accounts.contains { $0.username.lowercased() == username.lowercased() }
        let sameEmail = accounts.contains { $0.email == learner.email }
        switch (sameName, sameEmail) {
        case (true, true): return StubLMS.refusal(409, "duplicate-email-username", [])
        case (true, false): return StubLMS.refusal(409, "duplicate-username", [])
        case (false, true): return StubLMS.refusal(409, "duplicate-email", [])
        case (false, false):
            add(username, learner.email)
            return .created
        }
    }

    static func refusal(_ status: Int, _ code: String?, _ suggestions: [String]) -> RegistrationAnswer {
        let body = code.map { JSONValue.object([JSONValue.Member(key: "error_code", value: .string($0))]) }
        return .refused(status: status, code: code, suggestions: suggestions, body: body ?? .object([]))
    }

    static func error(_ status: Int?, _ disposition: Disposition, mayHaveHappened: Bool = false) -> ServiceError {
        ServiceError(
            "Open edX", "registration", disposition, mayHaveHappened: mayHaveHappened, status: status,
            detail: "scripted")
    }

    func freeLTIAccount(email: String) async throws(ServiceError) -> Bool {
        journal.append("free \(email)")
        return try freeing.get()
    }

    func accounts(email: String) async throws(ServiceError) -> [LMSAccount] {
        journal.append("accounts \(email)")
        if let lookUpError { throw lookUpError }
        return accounts.filter { $0.email.lowercased() == email.lowercased() }.map {
            LMSAccount(username: $0.username, email: $0.email)
        }
    }

    func ownAccountExists(token: Secret) async throws(ServiceError) -> Bool {
        journal.append("own account")
        return try existence.get()
    }

    func authorizationCode(session: Secret) async throws(ServiceError) -> Secret {
        journal.append("authorize")
        return Secret("c-9")
    }

    func tokens(code: Secret) async throws(ServiceError) -> TokenPair {
        journal.append("exchange")
        return TokenPair(accessToken: Secret("at-2"), refreshToken: Secret("rt-2"), lifetime: .seconds(3600))
    }

    func tokens(refreshToken: Secret) async throws(ServiceError) -> TokenPair? {
        journal.append("refresh")
        return nil
    }
}
