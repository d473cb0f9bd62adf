import Command
import HTTP
import Support
import Testing

@testable import Services

@Suite("Open edX: authorization by a learner")
struct AuthorizationTests {
    @Test("EDX-1 the code comes by way of the LMS and MITx Online, each with its own cookies, and is exchanged")
    func tokens() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        let code = try await client.authorizationCode(session: Secret("ada-session"))
        let tokens = try await client.exchange(code: code)
        #expect(lms.state.accessTokens[tokens.access.revealed] == "ada_l")
        #expect(lms.effects == [.tokensIssued("ada_l")])
        #expect(
            lms.received.map { $0.origin + $0.path } == [
                "https://lms.test/auth/login/ol-oauth2/", "https://mitx.test/oauth2/authorize/",
                "https://lms.test/auth/complete/ol-oauth2/", "https://lms.test/dashboard",
                "https://lms.test/oauth2/authorize", "https://lms.test/oauth2/access_token",
            ])
        let authorize = lms.received[4]
        #expect(
            authorize.query.map { "\($0.name)=\($0.value)" } == [
                "client_id=client-1", "scope=read write", "redirect_uri=https://mitx.test/_/auth/complete",
                "response_type=code",
            ])
        #expect(lms.received.allSatisfy { $0["authorization"] == nil })
        for request in lms.received {
            let isSite = request.origin == "https://mitx.test"
            #expect(request["cookie"]?.contains("ada-session") ?? false == isSite)
            #expect(!isSite || request.cookie("sessionid") == nil)
        }
        #expect(lms.received[4].cookie("csrftoken") == "c-1")
    }

    @Test("EDX-2 an authorization that ends elsewhere is an error")
    func elsewhere() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        let error = try await serviceError { try await client.authorizationCode(session: Secret("stranger")) }
        #expect(error.description == "Open edX, authorize: redirected elsewhere")
        #expect(error.disposition == .temporary)
        #expect(!error.mayHaveHappened)
        #expect(lms.effects.isEmpty)
    }

    @Test("EDX-6 a social login that fails ends the authorization")
    func loginFails() async throws {
        let lms = OpenEdXFixture.lms()
        lms.fault(.status(500), on: .socialLogin)
        let client = try OpenEdXFixture.client(lms.transport())
        let error = try await serviceError { try await client.authorizationCode(session: Secret("ada-session")) }
        #expect(error.disposition == .temporary)
        #expect(error.status == 500)
        #expect(lms.count(.authorize) == 0)
    }

    @Test("an OAuth client that the LMS does not know is a matter of configuration")
    func unknownClient() async throws {
        let lms = OpenEdXFixture.lms()
        lms.update { $0.oauthClients = [:] }
        let client = try OpenEdXFixture.client(lms.transport())
        let error = try await serviceError { try await client.authorizationCode(session: Secret("ada-session")) }
        #expect(error.disposition == .systemic)
        #expect(error.status == 400)
    }

    @Test("MITx Online's provider that does not know the LMS is a matter of configuration, too")
    func unknownLMS() async throws {
        let lms = OpenEdXFixture.lms()
        lms.fault(.status(400), on: .siteAuthorize)
        let client = try OpenEdXFixture.client(lms.transport())
        let error = try await serviceError { try await client.authorizationCode(session: Secret("ada-session")) }
        #expect(error.disposition == .systemic)
    }

    @Test(
        "an authorization without a code is told by the known error alone",
        arguments: [
            ("?error=access_denied", "no code: access_denied", Disposition.temporary),
            ("?error=unauthorized_client", "no code: unauthorized_client", .systemic),
            ("?error=ada%40example.org", "no code", .temporary), ("?code=", "no code", .temporary),
            ("", "no code", .temporary),
        ])
    func noCode(query: String, detail: String, disposition: Disposition) async throws {
        let client = try OpenEdXFixture.client(
            .html("home"), .redirect("https://mitx.test/_/auth/complete\(query)"))
        let error = try await serviceError { try await client.authorizationCode(session: Secret("ada-session")) }
        #expect(error.detail == detail)
        #expect(error.disposition == disposition)
    }

    @Test(
        "no other host is asked",
        arguments: [
            "https://elsewhere.test/oauth2", "//elsewhere.test/", "https://lms.test@elsewhere.test/", "ftp://lms.test/",
            "javascript:alert(1)", "https://lms.test:8443/", "https://lms.test.elsewhere.test/", "https://",
        ])
    func otherHost(location: String) async throws {
        let transport = StubTransport([.redirect(location), .html("home")])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.authorizationCode(session: Secret("ada-session")) }
        #expect(error.detail == "redirected elsewhere")
        #expect(transport.sent.count == 1)
    }

    @Test("thirty redirects are followed, one more is an error")
    func limit() async throws {
        for count in [30, 31] {
            let hops = (0..<count).map { StubTransport.Answer.redirect("/hop/\($0)") }
            let transport = StubTransport(
                hops + [.html("home"), .redirect("https://mitx.test/_/auth/complete?code=c-9")])
            let client = try OpenEdXFixture.client(transport)
            if count == 30 {
                #expect(try await client.authorizationCode(session: Secret("s")).revealed == "c-9")
            } else {
                let error = try await serviceError { try await client.authorizationCode(session: Secret("s")) }
                #expect(error.disposition == .temporary)
                #expect(transport.sent.count == 31)
            }
        }
    }
}

@Suite("Open edX: redirects and cookies")
struct RedirectTests {
    @Test(
        "references are resolved",
        arguments: [
            ("https://mitx.test/a?b=c#d", "mitx.test", "/a?b=c"), ("/a", "lms.test", "/a"),
            ("//mitx.test", "mitx.test", "/"),
            ("next?x=1", "lms.test", "/auth/login/next?x=1"), ("?x=1", "lms.test", "/auth/login/here?x=1"),
            ("", "lms.test", "/auth/login/here?q=1"), ("https://lms.test?x=1", "lms.test", "/?x=1"),
            ("HTTPS://LMS.test:443/A", "lms.test", "/A"), ("/é x", "lms.test", "/%C3%A9%20x"),
            ("/a?u=https://b/", "lms.test", "/a?u=https://b/"), ("http://lms.test:80/a", "lms.test", "/a"),
        ])
    func resolve(location: String, host: String, target: String) throws {
        let base = RequestURL(try #require(WebURL("https://lms.test")), "/auth/login/here?q=1")
        let redirect = try #require(Redirect(location, from: base))
        #expect(redirect.host == host)
        #expect(redirect.target == target)
    }

    @Test("a redirect in clear is followed with the configured scheme")
    func scheme() throws {
        let lms = try #require(WebURL("https://lms.test"))
        let redirect = try #require(Redirect("http://lms.test/a", from: RequestURL(lms, "/")))
        #expect(redirect.url(at: [lms])?.text == "https://lms.test/a")
        #expect(redirect.url(at: [try #require(WebURL("https://mitx.test"))]) == nil)
    }

    @Test("only redirects are redirects")
    func status() throws {
        let request = Request("test", .get, RequestURL(try #require(WebURL("https://lms.test")), "/"))
        for status in [200, 201, 300, 304, 400] {
            #expect(Redirect(Response(status: status, headers: [("Location", "/a")]), to: request) == nil)
        }
        #expect(Redirect(Response(status: 302), to: request) == nil)
        #expect(Redirect(Response(status: 307, headers: [("Location", "/a")]), to: request)?.target == "/a")
    }

    @Test("cookies are for the host that set them, the last of a name counts, and they can be taken back")
    func cookies() {
        var jar = CookieJar()
        func take(_ origin: String, _ cookies: String...) {
            jar.take(Response(status: 200, headers: cookies.map { ("Set-Cookie", $0) }), from: origin)
        }
        take("https://a.test", "one=1; Path=/; HttpOnly", "two = x=y ", "three=3; Domain=.test", "nonsense", "=4")
        take("https://b.test", "one=b")
        #expect(jar.header(for: "https://a.test")?.value.revealed == "one=1; two=x=y; three=3")
        #expect(jar.header(for: "https://b.test")?.value.revealed == "one=b")
        take("https://a.test", "one=2", "two=; Max-Age=0", "three=; expires=Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(jar.header(for: "https://a.test")?.value.revealed == "one=2")
        #expect(jar.header(for: "https://c.test") == nil)
    }

    @Test(
        "values of a query are decoded as forms are",
        arguments: [
            ("https://a.test/?code=x%2By%3D+z", "x+y= z"), ("/?a=1&code=2&code=3", "2"), ("?c%6fde=1", "1"),
            ("?code=%zz%4", "%zz%4"), ("?code=a#code=b", "a"), ("?code=", nil), ("?code", nil), ("code=1", nil),
            ("?xcode=1", nil), ("#?code=1", nil),
        ] as [(String, String?)])
    func query(address: String, code: String?) {
        #expect(FormDecoding.value(of: "code", inQueryOf: address) == code)
    }
}
