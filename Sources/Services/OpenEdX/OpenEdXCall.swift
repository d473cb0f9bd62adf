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
    /// §3.5.
    case validation
    /// §3.6.
    case ownInfo
    /// §3.7.
    case profileUpdate
    /// §3.8.
    case nameUpdate
    /// §3.9.
    case ltiFix
    /// §3.10.
    case enrollmentList
    /// §3.11.
    case ownEnrollments
    /// §3.12.
    case enroll
    /// §3.13.
    case deactivate
    /// §3.14.
    case grades
    /// §3.15.
    case courseList
    /// §3.16.
    case course
    /// §3.17, the list and a single mode.
    case modes
    /// §3.17.
    case modeCreation
    /// §3.17.
    case modeChange
    /// §3.17.
    case modeDeletion
    /// §3.18, one run.
    case studioRun
    /// §3.18, the list.
    case studioRuns
    /// §3.18.
    case studioClone
    /// §3.18.
    case studioCreation
    /// §3.18.
    case studioChange
    /// §3.19.
    case mailSettings
    /// §3.20.
    case retirement
    /// §3.21.
    case outline
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
        case .validation: "validation"
        case .ownInfo: "own info"
        case .profileUpdate: "profile update"
        case .nameUpdate: "name update"
        case .ltiFix: "LTI fix"
        case .enrollmentList: "enrollment list"
        case .ownEnrollments: "own enrollments"
        case .enroll: "enroll"
        case .deactivate: "deactivate"
        case .grades: "grades"
        case .courseList: "course list"
        case .course: "course"
        case .modes: "course modes"
        case .modeCreation: "course mode creation"
        case .modeChange: "course mode change"
        case .modeDeletion: "course mode deletion"
        case .studioRun: "Studio course run"
        case .studioRuns: "Studio course runs"
        case .studioClone: "Studio clone"
        case .studioCreation: "Studio course run creation"
        case .studioChange: "Studio course run change"
        case .mailSettings: "e-mail settings"
        case .retirement: "retirement"
        case .outline: "course outline"
        case .accountSearch: "account search"
        }
    }

    /// The setting with the credential that the call carries; nil when it is the learner's, or that of the call for which a
    /// token is asked.
    var credential: StaticString? {
        switch self {
        case .codeExchange, .tokenRefresh: "OPENEDX_API_CLIENT_ID and OPENEDX_API_CLIENT_SECRET"
        case .registration, .validation: "MITX_ONLINE_REGISTRATION_ACCESS_TOKEN"
        case .ltiFix, .enrollmentList, .enroll, .deactivate, .accountSearch, .grades, .courseList, .course, .modes,
            .modeCreation, .modeChange, .modeDeletion, .outline:
            "OPENEDX_SERVICE_WORKER_API_TOKEN"
        case .studioRun, .studioRuns, .studioClone, .studioCreation, .studioChange:
            "OPENEDX_COURSES_SERVICE_WORKER_CLIENT_ID and OPENEDX_COURSES_SERVICE_WORKER_CLIENT_SECRET"
        case .retirement:
            "OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_ID and OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_SECRET"
        case .clientToken, .socialLogin, .authorize, .ownInfo, .profileUpdate, .nameUpdate, .ownEnrollments,
            .mailSettings:
            nil
        }
    }

    /// Whether the call changes something at the LMS that would be there, or missing, afterwards.
    ///
    /// A refresh uses up the refresh token, an exchange the code. A token for client credentials and a login leave
    /// nothing behind that anybody would have to look for.
    var hasEffect: Bool {
        switch self {
        case .codeExchange, .tokenRefresh, .registration, .ltiFix, .enroll, .deactivate, .profileUpdate, .nameUpdate,
            .modeCreation, .modeChange, .modeDeletion, .studioClone, .studioCreation, .studioChange, .mailSettings,
            .retirement:
            true
        case .clientToken, .socialLogin, .authorize, .ownInfo, .enrollmentList, .accountSearch, .validation,
            .ownEnrollments, .grades, .courseList, .course, .modes, .studioRun, .studioRuns, .outline:
            false
        }
    }
}
