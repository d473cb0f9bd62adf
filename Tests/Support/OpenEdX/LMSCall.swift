/// The calls that the fake LMS tells apart, to count them and to disturb them.
public enum LMSCall: String, Hashable, Sendable, CaseIterable {
    case codeExchange, tokenRefresh, clientToken
    case socialLogin, loginComplete, authorize, siteAuthorize
    case registration, ownInfo, userDetail, ltiFix, accountSearch
    case enrollmentList, enroll, deactivate, ownEnrollments
    case grades, courseList, course
    case modes, modeCreation, modeChange, modeDeletion
    case studioRun, studioRuns, studioClone, studioCreation, studioChange
    case profileUpdate, validation, mailSettings, retirement, outline
    /// Any other page.
    case page

    /// The call that a request is. `isSite` tells that it was sent to MITx Online.
    init(_ request: LMSRequest, isSite: Bool) {
        switch (request.method, request.path) {
        case ("GET", "/oauth2/authorize/") where isSite: self = .siteAuthorize
        case _ where isSite: self = .page
        case ("GET", "/api/enrollment/v1/enrollments"): self = .enrollmentList
        case ("POST", "/api/enrollment/v1/enrollment"):
            self = request.json?["is_active"] == .bool(false) ? .deactivate : .enroll
        case ("POST", "/oauth2/access_token"):
            switch request.field("grant_type") {
            case "refresh_token": self = .tokenRefresh
            case "client_credentials": self = .clientToken
            default: self = .codeExchange
            }
        case ("GET", "/oauth2/authorize"): self = .authorize
        case ("POST", "/user_api/v1/account/registration/"): self = .registration
        case ("GET", "/api/mobile/v0.5/my_user_info"): self = .ownInfo
        case ("POST", "/api/lti-user-fix/"): self = .ltiFix
        case ("GET", "/api/user/v1/accounts"): self = .accountSearch
        case ("GET", let path) where path.hasPrefix("/api/mobile/v0.5/users/"): self = .userDetail
        case ("GET", "/api/enrollment/v1/enrollment"): self = .ownEnrollments
        case ("POST", "/api/change_email_settings"): self = .mailSettings
        case ("POST", "/api/user/v1/validation/registration"): self = .validation
        case ("PATCH", let path) where path.hasPrefix("/api/user/v1/accounts/"): self = .profileUpdate
        case ("POST", "/v1/accounts/bulk_retire_users"): self = .retirement
        case ("GET", let path) where path.hasPrefix("/api/ol-course-outline/"): self = .outline
        case ("GET", let path) where path.hasPrefix("/api/grades/v1/courses/"): self = .grades
        case ("GET", "/api/courses/v1/courses/"): self = .courseList
        case ("GET", let path) where path.hasPrefix("/api/courses/v1/courses/"): self = .course
        case (let method, let path) where path.hasPrefix("/api/course_modes/v1/courses/"):
            switch method {
            case "POST": self = .modeCreation
            case "PATCH": self = .modeChange
            case "DELETE": self = .modeDeletion
            default: self = .modes
            }
        case (let method, let path) where path.hasPrefix("/api/v1/course_runs/"):
            switch (method, path) {
            case ("POST", "/api/v1/course_runs/clone/"): self = .studioClone
            case ("POST", _): self = .studioCreation
            case ("PUT", _): self = .studioChange
            case (_, "/api/v1/course_runs/"): self = .studioRuns
            default: self = .studioRun
            }
        case ("GET", let path) where path.hasPrefix("/auth/login/"): self = .socialLogin
        case ("GET", let path) where path.hasPrefix("/auth/complete/"): self = .loginComplete
        default: self = .page
        }
    }
}
