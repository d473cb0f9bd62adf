import Command
import Services
import Testing

@testable import struct Command.Settings

@Suite("Open edX: settings")
struct OpenEdXSettingsTests {
    private func settings(_ environment: [String: String]) throws -> OpenEdXSettings {
        let required = ["OPENEDX_API_BASE_URL": "https://lms.test/", "MITX_ONLINE_BASE_URL": "https://mitx.test"]
        return try OpenEdXSettings(
            Settings(
                OpenEdXSetting.all.map(\.declaration), options: [:],
                environment: required.merging(environment) { $1 }))
    }

    @Test("MITx Online's variables are read")
    func environment() throws {
        let settings = try settings([
            "OPENEDX_SERVICE_WORKER_API_TOKEN": "sw-1", "OPENEDX_API_CLIENT_ID": "c", "OPENEDX_API_CLIENT_SECRET": "s",
            "OPENEDX_OAUTH_PROVIDER": "ol-oauth2",
            "OPENEDX_SOCIAL_LOGIN_PATH": "/auth/login/ol-oauth2/?auth_entry=login",
            "OPENEDX_OAUTH_APP_NAME": "app", "OPENEDX_TOKEN_EXPIRES_HOURS": "7",
            "MITX_ONLINE_REGISTRATION_ACCESS_TOKEN": "r", "EDX_API_CLIENT_TIMEOUT": "30",
            "SESSION_COOKIE_NAME": "session_mitxonline", "SECRET_KEY": "k", "FEATURE_IGNORE_EDX_FAILURES": "True",
        ])
        #expect(settings.lms.description == "https://lms.test")
        #expect(settings.site.description == "https://mitx.test")
        #expect(settings.serviceWorkerToken == Secret("sw-1"))
        #expect(settings.client == OAuthClient(id: "c", secret: Secret("s")))
        #expect(settings.oauthProvider == "ol-oauth2")
        #expect(settings.socialLoginPath == "/auth/login/ol-oauth2/?auth_entry=login")
        #expect(settings.oauthAppName == "app")
        #expect(settings.tokenExpiresHours == 7)
        #expect(settings.registrationAccessToken == Secret("r"))
        #expect(settings.timeout == .seconds(30))
        #expect(settings.sessionCookieName == "session_mitxonline")
        #expect(settings.secretKey == Secret("k"))
        #expect(settings.ignoreFailures)
    }

    @Test("the defaults are the specification's")
    func presets() throws {
        let settings = try settings(["OPENEDX_API_CLIENT_ID": "only the id"])
        #expect(settings.client == nil)
        #expect(settings.serviceWorkerToken == nil)
        #expect(settings.oauthProvider == "mitxpro-oauth2")
        #expect(settings.socialLoginPath == "/auth/login/mitxpro-oauth2/?auth_entry=login")
        #expect(settings.oauthAppName == "edx-oauth-app")
        #expect(settings.tokenExpiresHours == 1000)
        #expect(settings.timeout == .seconds(60))
        #expect(settings.sessionCookieName == "mitxonline_sessionid")
        #expect(!settings.ignoreFailures)
    }

    @Test(
        "what cannot be is refused",
        arguments: [
            ("OPENEDX_SOCIAL_LOGIN_PATH", "//elsewhere.test/"), ("OPENEDX_SOCIAL_LOGIN_PATH", "auth"),
            ("OPENEDX_SOCIAL_LOGIN_PATH", "/a b"), ("SESSION_COOKIE_NAME", "a;b"), ("OPENEDX_TOKEN_EXPIRES_HOURS", "0"),
            ("OPENEDX_API_BASE_URL", "lms.test"),
        ])
    func refused(name: String, value: String) {
        let failure = #expect(throws: Failure.self) { try settings([name: value]) }
        #expect(failure?.status == .configuration)
    }

    @Test("secrets are secrets: no option, nothing printed")
    func secrets() throws {
        for setting in OpenEdXSetting.all where setting.declaration.names.contains(where: { $0.hasSuffix("TOKEN") }) {
            #expect(setting.declaration.exposure == .secret)
        }
        var text = ""
        dump(try settings(["OPENEDX_SERVICE_WORKER_API_TOKEN": "canary-1", "SECRET_KEY": "canary-2"]), to: &text)
        #expect(!text.contains("canary"))
    }
}
