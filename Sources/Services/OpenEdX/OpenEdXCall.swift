/// The calls to Open edX that this program makes (`spec/openedx.md` §3).
enum OpenEdXCall: CaseIterable, Sendable {
    /// §3.1, the grant of an authorization code.
    case codeExchange
    /// §3.1, the grant of a refresh token.
    case tokenRefresh
    /// §3.1, the grant of client credentials.
    case clientToken
    /// §3.2.
    case socialLogin
    /// §3.3.
    case authorize
    /// §3.4.
    case registration
    /// §3.6.
    case ownInfo
    /// §3.9.
    case ltiFix
    /// §3.10.
    case enrollmentList
    /// §3.12.
    case enroll
    /// §3.13.
    case deactivate
    /// §3.24.
    case accountSearch

    /// What it is called in logs and errors.
    var name: StaticString {
        switch self {
        case .codeExchange: "code exchange"
        case .tokenRefresh: "token refresh"
        case .clientToken: "client token"
        case .socialLogin: "social login"
        case .authorize: "authorize"
        case .registration: "registration"
        case .ownInfo: "own info"
        case .ltiFix: "LTI fix"
        case .enrollmentList: "enrollment list"
        case .enroll: "enroll"
        case .deactivate: "deactivate"
        case .accountSearch: "account search"
        }
    }

    /// The setting with the credential that the call carries; nil when it is the learner's.
    var credential: StaticString? {
        switch self {
        case .codeExchange, .tokenRefresh, .clientToken: "OPENEDX_API_CLIENT_ID and OPENEDX_API_CLIENT_SECRET"
        case .registration: "MITX_ONLINE_REGISTRATION_ACCESS_TOKEN"
        case .ltiFix, .enrollmentList, .enroll, .deactivate, .accountSearch: "OPENEDX_SERVICE_WORKER_API_TOKEN"
        case .socialLogin, .authorize, .ownInfo: nil
        }
    }

    /// Whether the call changes something at the LMS that would be there, or missing, afterwards.
    ///
    /// A refresh uses up the refresh token, an exchange the code. A token for client credentials and a login leave
    /// nothing behind that anybody would have to look for.
    var hasEffect: Bool {
        switch self {
        case .codeExchange, .tokenRefresh, .registration, .ltiFix, .enroll, .deactivate: true
        case .clientToken, .socialLogin, .authorize, .ownInfo, .enrollmentList, .accountSearch: false
        }
    }
}
