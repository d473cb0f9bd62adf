import Command
import HTTP
import Services
import Support
import Testing

/// The parts of the acceptance cases of `spec/openedx.md` §18.
enum OpenEdXFixture {
    static let run = "course-v1:MITx+6.00x+3T2026"

    static func settings(lms: String = "https://lms.test") throws -> OpenEdXSettings {
        var settings = OpenEdXSettings(
            lms: try #require(WebURL(lms)), site: try #require(WebURL("https://mitx.test")))
        settings.serviceWorkerToken = Secret("sw-1")
        settings.client = OAuthClient(id: "client-1", secret: Secret("canary-secret"))
        settings.registrationAccessToken = Secret("reg-1")
        settings.oauthProvider = "ol-oauth2"
        settings.socialLoginPath = "/auth/login/ol-oauth2/?auth_entry=login"
        return settings
    }

    static func client(_ transport: some Transport, clock: ManualClock = ManualClock()) throws -> OpenEdXClient {
        OpenEdXClient(try settings(), over: transport, time: clock.source)
    }

    /// A client that gets one answer.
    static func client(_ answers: StubTransport.Answer...) throws -> OpenEdXClient {
        try client(StubTransport(answers))
    }

    /// An LMS with run R1, learner U1 and the OAuth client.
    static func lms(clock: ManualClock? = nil) -> FakeLMS {
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
}

/// The service error that `body` throws.
func serviceError(
    _ body: () async throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> ServiceError {
    try #require(await #expect(throws: ServiceError.self, sourceLocation: sourceLocation) { _ = try await body() })
}
