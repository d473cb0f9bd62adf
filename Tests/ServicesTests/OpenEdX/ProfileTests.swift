import Command
import HTTP
import Support
import Testing

@testable import Services

@Suite("Open edX: profiles, their check, retirement")
struct ProfileTests {
    static let ada: LearnerProfile = {
        var profile = LearnerProfile(name: "Ada Lovelace")
        profile.country = "US"
        profile.state = "US-MA"
        profile.gender = "nb"
        profile.yearOfBirth = 1985
        profile.highestEducation = "Doctorate"
        return profile
    }()

    @Test("a profile has six keys, in the words of the LMS, as a merge patch with the learner's token")
    func profile() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        try await client.updateProfile(Self.ada, of: "ada_l", userToken: Secret("at-ada"))
        let sent = try #require(lms.received.first)
        #expect(sent.method == "PATCH")
        #expect(sent.path == "/api/user/v1/accounts/ada_l")
        #expect(sent["authorization"] == "Bearer at-ada")
        #expect(sent["content-type"] == "application/merge-patch+json")
        #expect(
            String(decoding: sent.body, as: UTF8.self)
                == #"{"name":"Ada Lovelace","country":"US","state":"MA","gender":"o","year_of_birth":1985,"#
                + #""level_of_education":"p"}"#)
        #expect(lms.effects == [.profileChanged("ada_l")])
    }

    @Test("what is not on record is sent as null")
    func empty() async throws {
        let lms = OpenEdXFixture.lms()
        var profile = LearnerProfile(name: "")
        profile.gender = ""
        profile.state = "Massachusetts"
        profile.country = "US"
        try await OpenEdXFixture.client(lms.transport())
            .updateProfile(profile, of: "ada_l", userToken: Secret("at-ada"))
        let body = try #require(lms.received.first?.body)
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"name":"","country":"US","state":null,"gender":null,"year_of_birth":null,"#
                + #""level_of_education":null}"#)
    }

    @Test("a name is sent alone, with the header fields that the LMS's own page sends")
    func name() async throws {
        let lms = OpenEdXFixture.lms()
        try await OpenEdXFixture.client(lms.transport())
            .updateName("Ada \"King\"", of: "ada_l", userToken: Secret("at-ada"))
        let sent = try #require(lms.received.first)
        #expect(sent.method == "PATCH")
        #expect(sent["accept"] == "application/json, text/javascript, */*; q=0.01")
        #expect(sent["x-requested-with"] == "XMLHttpRequest")
        #expect(sent["content-type"] == "application/merge-patch+json")
        #expect(String(decoding: sent.body, as: UTF8.self) == #"{"name":"Ada \"King\""}"#)
        #expect(lms.effects == [.nameChanged("ada_l")])
    }

    /// The existing application puts it into the path as it is.
    @Test("a username is encoded in the path")
    func path() async throws {
        let transport = StubTransport([.json("{}")])
        try await OpenEdXFixture.client(transport).updateName("A", of: "a/b +ö", userToken: Secret("at-1"))
        #expect(transport.sent.first?.url.target == "/api/user/v1/accounts/a%2Fb%20%2B%C3%B6")
    }

    @Test("only 200 is success", arguments: [201, 204, 302, 400, 401, 403, 404, 500])
    func failures(status: Int) async throws {
        let client = try OpenEdXFixture.client(.json("{}", status: status))
        let error = try await serviceError {
            try await client.updateProfile(Self.ada, of: "ada_l", userToken: Secret("at-1"))
        }
        #expect(error.disposition == ([400, 404].contains(status) ? .permanent : .temporary))
        let other = try OpenEdXFixture.client(.json("{}", status: status))
        let same = try await serviceError {
            try await other.updateName("Ada", of: "ada_l", userToken: Secret("at-1"))
        }
        #expect(same.disposition == error.disposition)
    }

    @Test("a page for people with status 200 is no success")
    func page() async throws {
        let client = try OpenEdXFixture.client(.html("Maintenance"))
        let error = try await serviceError {
            try await client.updateProfile(Self.ada, of: "ada_l", userToken: Secret("at-1"))
        }
        #expect(error.disposition == .temporary)
        #expect(error.mayHaveHappened)
    }

    @Test("the check of a registration tells the LMS's reasons")
    func validation() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        let good = try await client.validate(username: "bob", email: "bob@example.org")
        #expect(good == RegistrationCheck(usernameProblem: nil, emailProblem: nil))
        let taken = try await client.validate(username: "ada_l", email: "ada@example.org")
        #expect(taken.usernameProblem == "ada_l cannot be taken.")
        #expect(taken.emailProblem == "ada@example.org is taken.")
        #expect("\(taken)" == "username refused, e-mail refused")
        var text = ""
        dump(taken, to: &text)
        #expect(!text.contains("ada"))
        let sent = try #require(lms.received.first)
        #expect(sent["x-access-token"] == "reg-1")
        #expect(sent.form.map { "\($0.name)=\($0.value)" } == ["username=bob", "email=bob@example.org"])
        for answer in [StubTransport.Answer.json("{}"), .json("{}", status: 403), .html("x")] {
            let client = try OpenEdXFixture.client(answer)
            let error = try await serviceError { try await client.validate(username: "bob", email: "b@example.org") }
            #expect(error.disposition == .temporary)
        }
    }

    private static let retirer = OAuthClient(id: "retirer", secret: Secret("canary-retirer"))

    @Test("accounts are retired by the client that may, with its own token")
    func retirement() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSUser("bob", email: "bob@example.org"))
        lms.update { state in
            state.oauthClients["retirer"] = "canary-retirer"
            state.retirementClients = ["retirer"]
        }
        let client = try OpenEdXFixture.client(lms.transport())
        let answer = try await client.retire(["bob", "nobody"], as: Self.retirer)
        #expect(answer == Retirement(retired: ["bob"], failed: ["nobody"]))
        #expect("\(answer)" == "1 retired, 1 not")
        #expect(lms.effects == [.retired("bob")])
        let sent = try #require(lms.received.last)
        #expect(sent.path == "/v1/accounts/bulk_retire_users")
        #expect(sent["authorization"]?.hasPrefix("jwt ") == true)
        #expect(String(decoding: sent.body, as: UTF8.self) == #"{"usernames":"bob,nobody"}"#)
        // Of another client the LMS knows nothing that would let it.
        lms.update { $0.retirementClients = [] }
        let error = try await serviceError { try await client.retire(["ada_l"], as: Self.retirer) }
        let advice =
            "; check OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_ID and OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_SECRET"
        #expect(error.disposition == .systemic)
        #expect(error.description.hasSuffix(advice), "\(error)")
        // That it does not know the client at all is told by the endpoint for tokens, to whoever needs one.
        lms.update { $0.oauthClients["retirer"] = nil }
        let stranger = try OpenEdXFixture.client(lms.transport())
        let refusal = try await serviceError { try await stranger.retire(["ada_l"], as: Self.retirer) }
        #expect(refusal.disposition == .systemic)
        #expect(refusal.status == 401)
        #expect(refusal.description.hasSuffix(advice), "\(refusal)")
        #expect(lms.state.users.map(\.username) == ["ada_l"])
    }

    @Test("a name with a comma, which would be two, is not sent")
    func comma() async throws {
        let transport = StubTransport([.json("{}")])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.retire(["bob,ada_l"], as: Self.retirer) }
        #expect(error.disposition == .permanent)
        #expect(transport.sent.isEmpty)
    }
}
