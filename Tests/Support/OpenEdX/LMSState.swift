import Bytes

/// A course of the fake LMS.
public struct LMSCourse: Sendable {
    /// The key of the run.
    public let key: String
    /// Its modes.
    public var modes: Set<String> = ["audit", "verified"]
    /// Those of its modes that are expired.
    public var expiredModes: Set<String> = []
    /// Whether the time to enroll is over.
    public var isClosed = false
    /// Usernames of learners whose country is excluded.
    public var embargoed: Set<String> = []
    /// Usernames of learners whom a filter of the installation refuses.
    public var filtered: Set<String> = []
    /// What is told of it.
    public var facts = LMSCourseFacts()
    /// What is told of those of its modes that are not as usual.
    public var modeDetails: [String: LMSMode] = [:]

    /// An open course with the modes audit and verified.
    public init(_ key: String) {
        self.key = key
    }
}

/// An account of the fake LMS.
public struct LMSUser: Hashable, Sendable {
    /// The username.
    public var username: String
    /// The e-mail address.
    public var email: String
    /// Whether another learning platform made it.
    public var isLTIMade = false

    /// An account.
    public init(_ username: String, email: String, isLTIMade: Bool = false) {
        self.username = username
        self.email = email
        self.isLTIMade = isLTIMade
    }
}

/// An enrollment of the fake LMS.
public struct LMSEnrollment: Hashable, Sendable {
    /// The key of the run.
    public let run: String
    /// The username.
    public let username: String
    /// The mode.
    public var mode: String
    /// Whether the learner is in the course.
    public var isActive: Bool
    /// Whether the learner gets the course's e-mails.
    public var receivesMails = true
    var number = 0

    /// An enrollment.
    public init(run: String, username: String, mode: String, isActive: Bool = true) {
        self.run = run
        self.username = username
        self.mode = mode
        self.isActive = isActive
    }
}

/// The fake LMS as a value: requests go in, answers come out, nothing else happens.
public struct LMSState: Sendable {
    /// The courses by key.
    public var courses: [String: LMSCourse] = [:]
    /// The accounts in the order they were made.
    public var users: [LMSUser] = []
    /// The enrollments in the order they were made.
    public var enrollments: [LMSEnrollment] = []
    /// Grades by course and username; who has none here has achieved nothing yet.
    public var grades: [String: [String: LMSGrade]] = [:]
    /// Courses whose learners and grades are made when they are asked for.
    public var gradeBooks: [String: LMSGradeBook] = [:]
    /// Whether the grades of a course come all at once, as of an old LMS.
    public var gradesAreBare = false
    /// What changed, in its order.
    public var effects: [LMSEffect] = []

    /// The LMS's own address.
    public var origin = "https://lms.test"
    /// The address of MITx Online.
    public var siteOrigin = "https://mitx.test"
    /// The address that the LMS believes to have: behind a proxy it is not its own. nil is its own with `http`.
    public var pagingOrigin: String?
    /// How many enrollments a page has.
    public var pageSize = 100
    /// The token of the service worker.
    public var serviceWorkerToken = "sw-1"
    /// Whether the service worker is staff.
    public var isServiceWorkerStaff = true
    /// The value of `X-Access-Token` that registrations need; nil when they need none.
    public var registrationToken: String?
    /// Whether usernames are suggested in place of one that is taken.
    public var suggestsUsernames = true
    /// The OAuth clients, id to secret.
    public var oauthClients: [String: String] = [:]

    /// Sessions at MITx Online: the value of the cookie to the username.
    public var siteSessions: [String: String] = [:]
    /// The name of the cookie of MITx Online's sessions.
    public var siteCookieName = "mitxonline_sessionid"
    /// Access tokens of learners: the token to the username.
    public var accessTokens: [String: String] = [:]
    /// Refresh tokens: the token to the username.
    public var refreshTokens: [String: String] = [:]
    /// Tokens of OAuth clients.
    public var clientTokens: Set<String> = []
    /// Whether no settings of e-mails are changed.
    public var refusesMailSettings = false
    /// How long tokens are valid, in seconds.
    public var tokenLifetime = 3600
    /// The address of Studio.
    public var studioOrigin = "https://studio.test"
    /// What the LMS knows of learners: the username to the fields of the account.
    public var profiles: [String: [String: JSONValue]] = [:]
    /// The ids of OAuth clients that may retire accounts.
    public var retirementClients: Set<String> = []
    /// Which OAuth client has a token of its own.
    var clientTokenOwners: [String: String] = [:]
    /// Those for whom the service worker may ask which courses there are.
    public var courseViewers: Set<String> = ["login_service_user"]
    /// How many courses a page has at most.
    public var coursePageSize = 100
    /// The runs that Studio has, by key.
    public var studioRuns: [String: LMSStudioRun] = [:]
    /// Whether Studio takes changes only at the path with two slashes.
    public var takesOnlyDoubleSlash = false
    var codes: [String: String] = [:]
    var sessions: [String: String] = [:]
    var counter = 0

    /// An LMS without courses and accounts.
    public init() {}

    /// A name that was not given before: `at-7`.
    mutating func fresh(_ prefix: String) -> String {
        counter += 1
        return "\(prefix)-\(counter)"
    }

    /// The account with that username; the LMS's database does not tell letter cases apart.
    func user(_ username: String) -> LMSUser? {
        users.first { $0.username.lowercased() == username.lowercased() }
    }

    /// The accounts with that e-mail address in any letter case.
    func users(email: String) -> [LMSUser] {
        users.filter { $0.email.lowercased() == email.lowercased() }
    }

    /// Whether a text may be a username.
    static func isUsername(_ text: String) -> Bool {
        (2...30).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || $0 == 0x5f || $0 == 0x2d
            }
    }

    /// Applies a request and answers it.
    public mutating func answer(_ request: LMSRequest) -> LMSReply {
        switch LMSCall(request, isSite: request.origin == siteOrigin) {
        case .enrollmentList: enrollmentList(request)
        case .enroll, .deactivate: changeEnrollment(request)
        case .registration: register(request)
        case .ownInfo: ownInfo(request)
        case .userDetail: userDetail(request)
        case .ltiFix: fixLTI(request)
        case .accountSearch: searchAccounts(request)
        case .codeExchange: exchangeCode(request)
        case .tokenRefresh: refresh(request)
        case .clientToken: issueClientToken(request)
        case .socialLogin: beginLogin(request)
        case .siteAuthorize: authorizeAtSite(request)
        case .loginComplete: completeLogin(request)
        case .authorize: authorize(request)
        case .ownEnrollments: ownEnrollments(request)
        case .mailSettings: changeMailSettings(request)
        case .grades: grades(request)
        case .courseList: courseList(request)
        case .course: course(request)
        case .modes, .modeCreation, .modeChange, .modeDeletion: courseModes(request)
        case .studioRun, .studioRuns, .studioClone, .studioCreation, .studioChange: studio(request)
        case .profileUpdate: updateProfile(request)
        case .validation: validate(request)
        case .retirement: retire(request)
        case .outline: courseOutline(request)
        case .page: request.method == "GET" ? .html() : .html("Not found", status: 404)
        }
    }

    /// Whether the request carries the token of the service worker.
    func isServiceWorker(_ request: LMSRequest) -> Bool {
        request["authorization"] == "Bearer \(serviceWorkerToken)"
    }

    /// The answer to a token that is none.
    static var unauthorized: LMSReply {
        .json(
            .members([
                "error_code": .string("token_nonexistent"), "developer_message": .string("The token is unknown."),
            ]),
            status: 401)
    }
}
