import Bytes
import Command
import HTTP
import Support
import Testing

@testable import Services

/// A service that answers with everything it was sent.
private struct Echo: Transport {
    let status: Int
    let type: String

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        let all =
            request.url.text + request.headers.map(\.value.revealed).joined(separator: " ") + request.bodyText
        var body = ByteBuffer()
        body.object { object in
            for key: StaticString in [
                "message", "error", "error_code", "developer_message", "localizedMessage", "user",
            ] {
                object.member(key, all)
            }
        }
        return Response(
            status: status,
            headers: [
                ("Content-Type", type), ("Location", "https://elsewhere.test/canary?canary=1"),
                ("Retry-After", "canary"), ("Set-Cookie", "canary=canary"),
            ], body: Array(body.bytes))
    }
}

@Suite("Open edX: nothing of learners and no secret is told")
struct SecrecyTests {
    private static let statuses = [200, 204, 301, 302, 400, 401, 403, 404, 406, 407, 408, 409, 418, 429, 500, 503, 522]

    private func errors(_ transport: some Transport) async throws -> [ServiceError] {
        var settings = try OpenEdXFixture.settings()
        settings.serviceWorkerToken = Secret("canary-token")
        settings.registrationAccessToken = Secret("canary-registration")
        settings.client = OAuthClient(id: "client", secret: Secret("canary-secret"))
        settings.socialLoginPath = "/auth/login/canary/"
        let client = OpenEdXClient(settings, over: transport, time: ManualClock().source)
        let registration = Registration(
            username: "canary-name", email: "canary@example.org", name: "Canary", accessToken: Secret("canary-access"))
        var profile = LearnerProfile(name: "Canary")
        profile.country = "canary"
        let retirer = OAuthClient(id: "canary-client", secret: Secret("canary-secret"))
        let calls: [() async throws -> Void] = [
            { _ = try await client.enrollments(in: "course-canary", of: ["canary-name"]) },
            { _ = try await client.enroll("canary-name", in: "course-canary", mode: "canary") },
            { try await client.deactivate("canary-name", in: "course-canary") },
            { _ = try await client.register(registration) },
            { _ = try await client.accountExists(userToken: Secret("canary-user")) },
            { _ = try await client.fixLTIAccount(email: "canary@example.org") },
            { _ = try await client.accounts(email: "canary@example.org") },
            { _ = try await client.exchange(code: Secret("canary-code")) },
            { _ = try await client.refresh(Secret("canary-refresh")) },
            { _ = try await client.authorizationCode(session: Secret("canary-session")) },
            { _ = try await client.validate(username: "canary-name", email: "canary@example.org") },
            { try await client.updateProfile(profile, of: "canary-name", userToken: Secret("canary-user")) },
            { try await client.updateName("Canary", of: "canary-name", userToken: Secret("canary-user")) },
            { _ = try await client.retire(["canary-name"], as: retirer) },
        ]
        var errors: [ServiceError] = []
        for call in calls {
            do {
                try await call()
            } catch let error as ServiceError {
                errors.append(error)
            }
        }
        return errors
    }

    private func expectSilence(_ errors: [ServiceError]) {
        for error in errors {
            var text = "\(error) \(String(reflecting: error))"
            dump(error, to: &text)
            #expect(!text.lowercased().contains("canary"))
        }
    }

    @Test("whatever an answer quotes", arguments: statuses, ["application/json", "text/html", "text/plain"])
    func answers(status: Int, type: String) async throws {
        let errors = try await errors(Echo(status: status, type: type))
        #expect(errors.count >= 5)
        expectSilence(errors)
    }

    @Test("whatever happens to the connection", arguments: TransportError.Code.allCases)
    func failures(code: TransportError.Code) async throws {
        let errors = try await errors(StubTransport([.failure(code, mayHaveArrived: true)]))
        #expect(errors.count == 14)
        expectSilence(errors)
    }

    @Test("client, settings and registrations can be printed")
    func values() throws {
        var settings = try OpenEdXFixture.settings()
        settings.serviceWorkerToken = Secret("canary-token")
        let client = try OpenEdXFixture.client(.json("{}"))
        var text = ""
        dump(settings, to: &text)
        dump(client.settings, to: &text)
        dump(UserTokens(access: Secret("canary-1"), refresh: Secret("canary-2"), expiresIn: 1), to: &text)
        dump(Registration(username: "u", email: "e", name: "n", accessToken: Secret("canary-3")), to: &text)
        #expect(!text.contains("canary"))
    }
}
