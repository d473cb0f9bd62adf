import Command

/// The values of the settings of the exchange with Open edX (`spec/openedx.md` §1).
public struct OpenEdXSettings: Sendable {
    /// The address of the LMS.
    public var lms: WebURL
    /// The address of MITx Online, SITE in the specification.
    public var site: WebURL
    /// The access token of the service worker; nil when it is not set.
    public var serviceWorkerToken: Secret?
    /// The OAuth client with which tokens of learners are obtained; nil when its id or its secret is not set.
    public var client: OAuthClient?
    /// The value of `provider` at registration.
    public var oauthProvider = "mitxpro-oauth2"
    /// The path of the first step of the authorization by a learner, with its query.
    public var socialLoginPath = "/auth/login/mitxpro-oauth2/?auth_entry=login"
    /// The name of MITx Online's own OAuth application.
    public var oauthAppName = "edx-oauth-app"
    /// How long the access token handed to Open edX at registration is valid, in hours.
    public var tokenExpiresHours = 1000
    /// The value of `X-Access-Token` on registrations; nil when it is not set.
    public var registrationAccessToken: Secret?
    /// How long a call may take as a whole.
    public var timeout = Duration.seconds(60)
    /// The name of MITx Online's session cookie.
    public var sessionCookieName = "mitxonline_sessionid"
    /// The key that signs MITx Online's sessions; nil when it is not set.
    public var secretKey: Secret?
    /// Whether learners keep what they asked for when Open edX fails (§5.6).
    public var ignoreFailures = false

    /// The defaults for an LMS and a site.
    public init(lms: WebURL, site: WebURL) {
        self.lms = lms
        self.site = site
    }

    /// The values that were given.
    ///
    /// - Throws: ``ExitStatus/usage`` or ``ExitStatus/configuration`` for a setting that is wrong or missing.
    public init(_ settings: Settings) throws(Failure) {
        lms = try settings[OpenEdXSetting.apiBaseURL]
        site = try settings[OpenEdXSetting.siteBaseURL]
        serviceWorkerToken = try settings[OpenEdXSetting.serviceWorkerToken]
        if let id = try settings[OpenEdXSetting.clientID], let secret = try settings[OpenEdXSetting.clientSecret] {
            client = OAuthClient(id: id, secret: secret)
        }
        oauthProvider = try settings[OpenEdXSetting.oauthProvider]
        socialLoginPath = try settings[OpenEdXSetting.socialLoginPath]
        oauthAppName = try settings[OpenEdXSetting.oauthAppName]
        tokenExpiresHours = try settings[OpenEdXSetting.tokenExpiresHours]
        registrationAccessToken = try settings[OpenEdXSetting.registrationAccessToken]
        timeout = try settings[OpenEdXSetting.timeout]
        sessionCookieName = try settings[OpenEdXSetting.sessionCookieName]
        secretKey = try settings[OpenEdXSetting.secretKey]
        ignoreFailures = try settings[OpenEdXSetting.ignoreFailures]
    }
}

/// An OAuth client at the LMS.
public struct OAuthClient: Hashable, Sendable {
    /// The public id.
    public let id: String
    /// The secret.
    public let secret: Secret

    /// A client with its secret.
    public init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }
}
