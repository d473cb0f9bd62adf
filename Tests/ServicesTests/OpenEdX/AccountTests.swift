import Command
import HTTP
import Support
import Testing

@testable import Services

@Suite("Open edX: accounts")
struct AccountTests {
    @Test("the LMS redirects the own info to the learner's detail, and the token goes along within the LMS")
    func exists() async throws {
        let lms = OpenEdXFixture.lms()
        #expect(try await OpenEdXFixture.client(lms.transport()).accountExists(userToken: Secret("at-ada")))
        #expect(lms.received.map(\.path) == ["/api/mobile/v0.5/my_user_info", "/api/mobile/v0.5/users/ada_l"])
        #expect(lms.received.allSatisfy { $0["authorization"] == "Bearer at-ada" })
    }

    @Test("only 401 and 404 say that there is no account")
    func doesNotExist() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        #expect(try await !client.accountExists(userToken: Secret("at-old")))
        lms.update { $0.users = [] }
        #expect(try await !client.accountExists(userToken: Secret("at-ada")))
        for status in [400, 403, 500, 503] {
            let client = try OpenEdXFixture.client(.json("{}", status: status))
            let error = try await serviceError { try await client.accountExists(userToken: Secret("at-ada")) }
            #expect(error.disposition == (status == 503 ? .unavailable(retryAfter: nil) : .temporary))
        }
    }

    @Test("a redirect to another host is not followed", arguments: ["https://elsewhere.test/", "//elsewhere.test/x"])
    func elsewhere(location: String) async throws {
        let transport = StubTransport([.redirect(location), .json("{}")])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.accountExists(userToken: Secret("at-ada")) }
        #expect(error.disposition == .temporary)
        #expect(error.status == 302)
        #expect(transport.sent.count == 1)
    }

    @Test("an LMS that leads to itself under another scheme is not the configured one")
    func itself() async throws {
        let transport = StubTransport([.redirect("http://lms.test/api/mobile/v0.5/my_user_info", status: 301)])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.accountExists(userToken: Secret("at-ada")) }
        #expect(error.disposition == .systemic)
        #expect(transport.sent.count == 1)
    }

    @Test("redirects without end are an error")
    func endless() async throws {
        let answers = (0..<40).map { StubTransport.Answer.redirect("/api/\($0)") }
        let transport = StubTransport(answers)
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.accountExists(userToken: Secret("at-ada")) }
        #expect(error.disposition == .temporary)
        #expect(transport.sent.count == 31)
    }

    @Test("an LTI-made account is freed; for others the answer is no")
    func ltiFix() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSUser("lti_1", email: "bob@example.org", isLTIMade: true))
        let client = try OpenEdXFixture.client(lms.transport())
        #expect(try await client.fixLTIAccount(email: "bob@example.org"))
        #expect(try await !client.fixLTIAccount(email: "ada@example.org"))
        #expect(try await !client.fixLTIAccount(email: "nobody@example.org"))
        #expect(lms.effects == [.ltiFreed(email: "bob@example.org")])
        #expect(lms.received[0].body == Array(#"{"email":"bob@example.org"}"#.utf8))
        #expect(lms.received[0]["authorization"] == "Bearer sw-1")
    }

    @Test("accounts are found by their e-mail address; who may not ask is told so")
    func search() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSUser("plus", email: "a+b&c@example.org"))
        let client = try OpenEdXFixture.client(lms.transport())
        #expect(
            try await client.accounts(email: "ADA@example.org")
                == .found([OpenEdXAccount(username: "ada_l", email: "ada@example.org")]))
        #expect(
            try await client.accounts(email: "a+b&c@example.org")
                == .found([OpenEdXAccount(username: "plus", email: "a+b&c@example.org")]))
        #expect(try await client.accounts(email: "nobody@example.org") == .found([]))
        lms.update { $0.isServiceWorkerStaff = false }
        #expect(try await client.accounts(email: "ada@example.org") == .refused)
        lms.update { $0.serviceWorkerToken = "another" }
        #expect(try await client.accounts(email: "ada@example.org") == .refused)
    }
}
