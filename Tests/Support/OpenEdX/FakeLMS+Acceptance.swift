import Command
import HTTP
import Services

extension FakeLMS {
    /// The key of run R1 of the acceptance cases.
    public static let run = "course-v1:MITx+6.00x+3T2026"

    /// The LMS of the acceptance cases of `spec/openedx.md` §18: run R1, learner U1 (`ada_l`) with tokens and a session at
    /// MITx Online, and the OAuth client.
    public static func acceptance(clock: ManualClock? = nil) -> FakeLMS {
        let lms = FakeLMS(clock: clock)
        lms.add(LMSCourse(run))
        lms.add(LMSUser("ada_l", email: "ada@example.org"))
        lms.update { state in
            state.oauthClients = ["client-1": "canary-secret"]
            state.registrationToken = "reg-1"
            state.siteSessions = ["ada-session": "ada_l"]
            state.accessTokens = ["at-ada": "ada_l"]
            state.refreshTokens = ["rt-ada": "ada_l"]
        }
        return lms
    }

    /// The settings with which a client gets on with this LMS, wherever it is served.
    public func settings() throws -> OpenEdXSettings {
        let state = state
        guard let lms = WebURL(state.origin), let site = WebURL(state.siteOrigin) else {
            throw SetupError("the fake LMS has no address")
        }
        var settings = OpenEdXSettings(lms: lms, site: site)
        settings.serviceWorkerToken = Secret(state.serviceWorkerToken)
        settings.registrationAccessToken = state.registrationToken.map { Secret($0) }
        settings.client = state.oauthClients.min { $0.key < $1.key }.map {
            OAuthClient(id: $0.key, secret: Secret($0.value))
        }
        settings.oauthProvider = "ol-oauth2"
        settings.socialLoginPath = "/auth/login/ol-oauth2/?auth_entry=login"
        settings.sessionCookieName = state.siteCookieName
        return settings
    }
}
