import Command

/// The settings of the exchange with Open edX (`spec/openedx.md` §1). The names of variables are MITx Online's own.
///
/// Credentials are optional here: not every job needs each of them, and a call that lacks its own says so.
public enum OpenEdXSetting {
    /// The LMS.
    public static let apiBaseURL = Setting(
        "openedx.apiBaseURL", ValueType<WebURL>.url, environment: ["OPENEDX_API_BASE_URL"],
        "the address of the Open edX learner site")
    /// MITx Online's own address, SITE in the specification.
    public static let siteBaseURL = Setting(
        "siteBaseURL", ValueType<WebURL>.url, environment: ["MITX_ONLINE_BASE_URL"],
        "the address of MITx Online, where Open edX sends learners back to")
    /// The token of the service worker.
    public static let serviceWorkerToken = Setting(
        "openedx.serviceWorkerApiToken", optional: ValueType<Secret>.secret,
        environment: ["OPENEDX_SERVICE_WORKER_API_TOKEN"], exposure: .secret,
        "the access token of the Open edX staff account that enrolls learners")
    /// The id of the OAuth client at the LMS.
    public static let clientID = Setting(
        "openedx.apiClientId", optional: ValueType<String>.text, environment: ["OPENEDX_API_CLIENT_ID"],
        "the id of the OAuth client with which tokens of learners are obtained")
    /// The secret of the OAuth client at the LMS.
    public static let clientSecret = Setting(
        "openedx.apiClientSecret", optional: ValueType<Secret>.secret, environment: ["OPENEDX_API_CLIENT_SECRET"],
        exposure: .secret, "the secret of that OAuth client")
    /// The value of `provider` at registration.
    public static let oauthProvider = Setting(
        "openedx.oauthProvider", ValueType<String>.text, preset: "mitxpro-oauth2",
        environment: ["OPENEDX_OAUTH_PROVIDER"], "the name under which Open edX knows MITx Online as a login provider")
    /// The first step of the authorization by a learner.
    public static let socialLoginPath = Setting(
        "openedx.socialLoginPath", ValueType<String>.lmsPath, preset: "/auth/login/mitxpro-oauth2/?auth_entry=login",
        environment: ["OPENEDX_SOCIAL_LOGIN_PATH"], "the path at which Open edX logs a learner in by MITx Online")
    /// The name of MITx Online's own OAuth application.
    public static let oauthAppName = Setting(
        "openedx.oauthAppName", ValueType<String>.text, preset: "edx-oauth-app",
        environment: ["OPENEDX_OAUTH_APP_NAME"], "the name of MITx Online's own OAuth application that Open edX uses")
    /// How long the token handed to Open edX at registration lives.
    public static let tokenExpiresHours = Setting(
        "openedx.tokenExpiresHours", ValueType<Int>.integer(1...100_000), preset: "1000",
        environment: ["OPENEDX_TOKEN_EXPIRES_HOURS"],
        "how many hours the access token handed to Open edX at a registration is valid")
    /// The value of `X-Access-Token` on registrations.
    public static let registrationAccessToken = Setting(
        "openedx.registrationAccessToken", optional: ValueType<Secret>.secret,
        environment: ["MITX_ONLINE_REGISTRATION_ACCESS_TOKEN"], exposure: .secret,
        "the token that allows registrations at Open edX")
    /// The time limit of a call.
    public static let timeout = Setting(
        "openedx.timeout", ValueType<Duration>.callLimit, preset: "60s", environment: ["EDX_API_CLIENT_TIMEOUT"],
        "how long one call to Open edX may take, its repetitions included")
    /// The name of MITx Online's session cookie.
    public static let sessionCookieName = Setting(
        "sessionCookieName", ValueType<String>.cookieName, preset: "mitxonline_sessionid",
        environment: ["SESSION_COOKIE_NAME"], "the name of the session cookie of MITx Online")
    /// The key that signs MITx Online's sessions.
    public static let secretKey = Setting(
        "secretKey", optional: ValueType<Secret>.secret, environment: ["SECRET_KEY"], exposure: .secret,
        "the key with which MITx Online signs sessions")
    /// The feature flag of §5.6.
    public static let ignoreFailures = Setting(
        "openedx.ignoreFailures", ValueType<Bool>.boolean, preset: "false",
        environment: ["FEATURE_IGNORE_EDX_FAILURES"], "whether learners keep what they asked for when Open edX fails")

    /// All of them, for the table of a command.
    public static let all: [any AnySetting] = [
        apiBaseURL, siteBaseURL, serviceWorkerToken, clientID, clientSecret, oauthProvider, socialLoginPath,
        oauthAppName, tokenExpiresHours, registrationAccessToken, timeout, sessionCookieName, secretKey,
        ignoreFailures,
    ]
}

extension ValueType<String> {
    /// A path of the LMS, with or without a query.
    fileprivate static let lmsPath = ValueType(placeholder: "PATH") { text throws(InvalidValue) in
        guard text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x5c })
        else { throw InvalidValue("is not a path that begins with one slash") }
        return text
    }

    /// The name of a cookie (RFC 6265 §4.1.1).
    fileprivate static let cookieName = ValueType(placeholder: "NAME") { text throws(InvalidValue) in
        let separators = "()<>@,;:\\\"/[]?={}".utf8
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !separators.contains($0) }) else {
            throw InvalidValue("is not the name of a cookie")
        }
        return text
    }
}

extension ValueType<Duration> {
    /// A time in which an answer can come.
    fileprivate static let callLimit = ValueType(placeholder: duration.placeholder, range: "between 1s and 10m") {
        text throws(InvalidValue) in
        let limit = try duration.parse(text)
        guard limit >= .seconds(1), limit <= .seconds(600) else { throw InvalidValue("is not between 1s and 10m") }
        return limit
    }
}
