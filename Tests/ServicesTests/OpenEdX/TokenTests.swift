import Bytes
import Command
import HTTP
import Support
import Testing

@testable import Services

@Suite("Open edX: tokens")
struct TokenTests {
    private static let tokens = #"{"access_token": "at-7c1", "refresh_token": "rt-90f", "expires_in": 3600}"#

    @Test(
        "EDX-1 the exchange of a code carries the client and the landing page, and the expiry is kept ten seconds short"
    )
    func exchange() async throws {
        let transport = StubTransport([.json(TokenTests.tokens)])
        let tokens = try await OpenEdXFixture.client(transport).exchange(code: Secret("c-9"))
        #expect(tokens == UserTokens(access: Secret("at-7c1"), refresh: Secret("rt-90f"), expiresIn: 3600))
        #expect(tokens.expiry(receivedAt: ManualClock().now).description == "2026-09-15T12:59:50Z")
        #expect(transport.sent[0].url.text == "https://lms.test/oauth2/access_token")
        #expect(transport.sent[0].method == .post)
        #expect(!transport.sent[0].isIdempotent)
        #expect(
            transport.sent[0].bodyText
                == "code=c-9&grant_type=authorization_code&client_id=client-1&client_secret=canary-secret"
                + "&redirect_uri=https%3A%2F%2Fmitx.test%2F_%2Fauth%2Fcomplete")
        #expect(transport.sent[0].headers.map(\.name) == ["Content-Type"])
    }

    @Test("EDX-4 a refresh is one POST")
    func refresh() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        guard case .renewed(let tokens) = try await client.refresh(Secret("rt-ada")) else {
            Issue.record("dead")
            return
        }
        #expect(lms.state.accessTokens[tokens.access.revealed] == "ada_l")
        #expect(lms.requestCount == 1)
        #expect(
            lms.received[0].form.map { "\($0.name)=\($0.value)" } == [
                "refresh_token=rt-ada", "grant_type=refresh_token", "client_id=client-1", "client_secret=canary-secret",
            ])
        #expect(try await client.refresh(Secret("rt-ada")) == .dead)
        #expect(try await client.refresh(tokens.refresh) != .dead)
    }

    @Test("EDX-7 a client that the LMS does not know is a matter of configuration, told after one request")
    func invalidClient() async throws {
        let transport = StubTransport([.json(#"{"error": "invalid_client"}"#, status: 401)])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.refresh(Secret("rt-1")) }
        #expect(error.disposition == .systemic)
        #expect(
            error.description == "Open edX, token refresh: Response - code: 401, content: invalid_client"
                + "; check OPENEDX_API_CLIENT_ID and OPENEDX_API_CLIENT_SECRET")
        #expect(transport.sent.count == 1)
    }

    @Test("a lost answer to a refresh may have used up the token")
    func lostRefresh() async throws {
        let lms = OpenEdXFixture.lms(clock: ManualClock())
        lms.fault(.lost, on: .tokenRefresh)
        let client = try OpenEdXFixture.client(lms.transport())
        let error = try await serviceError { try await client.refresh(Secret("rt-ada")) }
        #expect(error.mayHaveHappened)
        #expect(error.disposition == .unavailable(retryAfter: nil))
    }

    @Test(
        "tokens without a lifetime or a token are not taken",
        arguments: [
            #"{"refresh_token": "r", "expires_in": 3600}"#,
            #"{"access_token": "", "refresh_token": "r", "expires_in": 1}"#,
            #"{"access_token": "a", "expires_in": 3600}"#, #"{"access_token": "a", "refresh_token": "r"}"#,
            #"{"access_token": "a", "refresh_token": "r", "expires_in": 0}"#,
            #"{"access_token": "a", "refresh_token": "r", "expires_in": 9223372036854775807}"#,
        ])
    func incomplete(answer: String) async throws {
        let client = try OpenEdXFixture.client(.json(answer))
        let error = try await serviceError { try await client.exchange(code: Secret("c-9")) }
        #expect(error.disposition == .temporary)
        #expect(error.mayHaveHappened)
    }

    @Test("the token of an OAuth client is kept until a minute before it expires")
    func clientToken() async throws {
        let clock = ManualClock()
        let lms = OpenEdXFixture.lms(clock: clock)
        let client = try OpenEdXFixture.client(lms.transport(), clock: clock)
        let oauth = OAuthClient(id: "client-1", secret: Secret("canary-secret"))
        func call() async throws -> Int {
            let request = Request("studio", .get, RequestURL(client.settings.lms, "/studio"))
            return try await client.send(request, .enrollmentList, as: oauth).status
        }
        #expect(try await call() == 200)
        #expect(try await call() == 200)
        clock.advance(by: .seconds(3539))
        #expect(try await call() == 200)
        #expect(lms.count(.clientToken) == 1)
        #expect(
            lms.received[0].form.map { "\($0.name)=\($0.value)" } == [
                "grant_type=client_credentials", "client_id=client-1", "client_secret=canary-secret", "token_type=jwt",
            ])
        #expect(lms.received.dropFirst().allSatisfy { $0["authorization"] == "jwt jwt-1" })
        clock.advance(by: .seconds(1))
        #expect(try await call() == 200)
        #expect(lms.count(.clientToken) == 2)
        #expect(lms.received.last?["authorization"] == "jwt jwt-2")
    }

    @Test("a refused token is renewed once; refused again, the answer stands")
    func renewed() async throws {
        let oauth = OAuthClient(id: "client-1", secret: Secret("canary-secret"))
        func token(_ text: String) -> StubTransport.Answer {
            .json(#"{"access_token": "\#(text)", "expires_in": 3600}"#)
        }
        let transport = StubTransport([
            token("jwt-1"), .json("{}", status: 401), token("jwt-2"), .json("{}"), .json("{}", status: 401),
            token("jwt-3"), .json("{}", status: 401),
        ])
        let client = try OpenEdXFixture.client(transport)
        let request = Request("studio", .post, RequestURL(client.settings.lms, "/studio"))
        #expect(try await client.send(request, .enrollmentList, as: oauth).status == 200)
        #expect(try await client.send(request, .enrollmentList, as: oauth).status == 401)
        #expect(
            transport.sent.compactMap { $0.header("Authorization") } == [
                "jwt jwt-1", "jwt jwt-2", "jwt jwt-2", "jwt jwt-3",
            ])
        #expect(transport.sent.count == 7)
    }

    @Test("each OAuth client has its own token, also in copies of the client")
    func perClient() async throws {
        let lms = OpenEdXFixture.lms()
        lms.update { $0.oauthClients["studio"] = "s" }
        let client = try OpenEdXFixture.client(lms.transport())
        let copy = client.before(ManualClock().deadline(in: .seconds(9)))
        let request = Request("studio", .get, RequestURL(client.settings.lms, "/studio"))
        for (client, oauth) in [
            (client, OAuthClient(id: "client-1", secret: Secret("canary-secret"))),
            (copy, OAuthClient(id: "studio", secret: Secret("s"))),
            (copy, OAuthClient(id: "client-1", secret: Secret("canary-secret"))),
        ] {
            _ = try await client.send(request, .enrollmentList, as: oauth)
        }
        #expect(lms.count(.clientToken) == 2)
    }
}
