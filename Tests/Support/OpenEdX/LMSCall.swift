/// The calls that the fake LMS tells apart, to count them and to disturb them.
public enum LMSCall: String, Hashable, Sendable, CaseIterable {
    case codeExchange, tokenRefresh, clientToken
    case socialLogin, loginComplete, authorize, siteAuthorize
    case registration, ownInfo, userDetail, ltiFix, accountSearch
    case enrollmentList, enroll, deactivate
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
        case ("GET", let path) where path.hasPrefix("/auth/login/"): self = .socialLogin
        case ("GET", let path) where path.hasPrefix("/auth/complete/"): self = .loginComplete
        default: self = .page
        }
    }
}
