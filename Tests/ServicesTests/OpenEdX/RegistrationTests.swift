import Bytes
import Command
import HTTP
import Support
import Testing

@testable import Services

@Suite("Open edX: registration")
struct RegistrationTests {
    private func registration(_ username: String = "bob", email: String = "bob@example.org") -> Registration {
        Registration(username: username, email: email, name: "Bob & Co", accessToken: Secret("mitx-1"))
    }

    @Test("a registration carries the learner's data, mapped to the words of the LMS")
    func form() async throws {
        var registration = registration()
        registration.country = "US"
        registration.state = "US-MA"
        registration.gender = "nb"
        registration.yearOfBirth = 1985
        registration.highestEducation = "Master's or professional degree"
        let lms = OpenEdXFixture.lms()
        #expect(try await OpenEdXFixture.client(lms.transport()).register(registration) == .created)
        #expect(lms.effects == [.accountCreated("bob", email: "bob@example.org")])
        let sent = try #require(lms.received.first)
        #expect(sent["x-access-token"] == "reg-1")
        #expect(sent["content-type"] == "application/x-www-form-urlencoded")
        #expect(sent["authorization"] == nil)
        #expect(
            sent.form.map { "\($0.name)=\($0.value)" } == [
                "username=bob", "email=bob@example.org", "name=Bob & Co", "country=US", "state=MA", "gender=o",
                "year_of_birth=1985", "level_of_education=m", "provider=ol-oauth2", "access_token=mitx-1",
                "honor_code=True",
            ])
    }

    @Test("what has no value is left out, what is empty is sent empty")
    func absent() {
        var registration = registration()
        #expect(
            registration.form(provider: "p").map(\.name) == [
                "username", "email", "name", "level_of_education", "provider", "access_token", "honor_code",
            ])
        registration.country = ""
        registration.gender = ""
        let form = registration.form(provider: "p")
        #expect(form.first { $0.name == "country" }?.value == "")
        #expect(form.first { $0.name == "gender" }?.value == "")
        #expect(form.first { $0.name == "level_of_education" }?.value == "")
    }

    @Test(
        "EDX-18 only states that the LMS knows are sent, and only of the United States",
        arguments: [
            ("US-MA", "US", "MA"), ("US-AE", "US", "AE"), ("Massachusetts", "US", nil), ("US-PR", "US", nil),
            ("CA-ON", "CA", nil), ("US-MA", "CA", nil), (nil, "US", nil), ("", "US", nil), ("US-ma", "US", nil),
            ("US-MA", nil, nil),
        ] as [(String?, String?, String?)])
    func state(state: String?, country: String?, sent: String?) {
        #expect(OpenEdXProfile.state(state, country: country) == sent)
    }

    @Test("genders and levels of education are mapped")
    func words() {
        #expect(["m", "f", "o", "t", "nb", "x"].map(OpenEdXProfile.gender) == ["m", "f", "o", "o", "o", "o"])
        #expect(OpenEdXProfile.gender(nil) == nil)
        let levels = [
            "Doctorate", "Master's or professional degree", "Bachelor's degree", "Associate degree",
            "Secondary/high school", "Junior secondary/junior high/middle school", "Elementary/primary school",
            "No formal education", "Other education", "Nonsense",
        ]
        #expect(levels.map(OpenEdXProfile.education) == ["p", "m", "b", "a", "hs", "jhs", "el", "none", "other", ""])
    }

    @Test("EDX-11 a username that is taken comes with suggestions")
    func duplicateUsername() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        let answer = try await client.register(registration("ADA_L"))
        guard case .duplicateUsername(let suggestions, let body) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(suggestions == ["ADA_L_1", "ADA_L_2", "ADA_L_3"])
        #expect(body.json["error_code"] == .string("duplicate-username"))
        lms.update { $0.suggestsUsernames = false }
        guard case .duplicateUsername(let none, _) = try await client.register(registration("ADA_L")) else {
            Issue.record("no duplicate")
            return
        }
        #expect(none.isEmpty)
        #expect(lms.effects.isEmpty)
    }

    @Test("EDX-13 EDX-16 an e-mail address that is taken, alone or with the username, is told apart")
    func duplicateEmail() async throws {
        let client = try OpenEdXFixture.client(OpenEdXFixture.lms().transport())
        let email = try await client.register(registration(email: "ada@example.org"))
        let both = try await client.register(registration("ada_l", email: "ada@example.org"))
        #expect(email.description == "duplicate-email")
        #expect(both.description == "duplicate-email-username")
    }

    @Test("data that are not accepted come back with the body, which is not printed")
    func refused() async throws {
        let client = try OpenEdXFixture.client(OpenEdXFixture.lms().transport())
        let answer = try await client.register(registration("a b"))
        guard case .refused(let body) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(body.json["error_code"] == .string("validation-error"))
        var dumped = "\(answer) \(body)"
        dump(answer, to: &dumped)
        #expect(!dumped.contains("validation"))
        for (status, text) in [(400, "<html>"), (409, "[1"), (409, "")] {
            let answer = try await OpenEdXFixture.client(.json(text, status: status)).register(registration())
            #expect(answer == .refused(RefusalBody(.object([]))))
        }
        #expect(
            try await OpenEdXFixture.client(.json(#"{"error_code": "new-one"}"#, status: 409)).register(registration())
                .description == "refused")
    }

    @Test("EDX-15 a registration that fails otherwise is temporary, and may have happened when the LMS failed over it")
    func fails() async throws {
        let unavailable = try await serviceError {
            try await OpenEdXFixture.client(.json("", status: 503)).register(registration())
        }
        #expect(unavailable.disposition == .unavailable(retryAfter: nil))
        #expect(unavailable.mayHaveHappened)
        let lms = OpenEdXFixture.lms()
        lms.update { $0.registrationToken = "another" }
        let forbidden = try await serviceError {
            try await OpenEdXFixture.client(lms.transport()).register(registration())
        }
        #expect(forbidden.disposition == .temporary)
        #expect(forbidden.status == 403)
        #expect(!forbidden.mayHaveHappened)
    }

    @Test("EDX-34 a refused connection is temporary, and nothing has happened")
    func refusedConnection() async throws {
        let lms = OpenEdXFixture.lms()
        lms.fault(.refused, on: .registration)
        let error = try await serviceError {
            try await OpenEdXFixture.client(lms.transport()).register(registration())
        }
        #expect(error.disposition == .unavailable(retryAfter: nil))
        #expect(!error.mayHaveHappened)
        #expect(error.description == "Open edX, registration: registration at https://lms.test: cannot connect")
    }

    @Test("EDX-16 after a registration whose answer was lost, the account search shows that it is the learner's own")
    func lost() async throws {
        let clock = ManualClock()
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.fault(.lost, on: .registration)
        let client = try OpenEdXFixture.client(lms.transport(), clock: clock)
        let error = try await serviceError { try await client.register(registration()) }
        #expect(error.mayHaveHappened)
        #expect(try await client.register(registration()).description == "duplicate-email-username")
        #expect(
            try await client.accounts(email: "Bob@Example.org")
                == .found([OpenEdXAccount(username: "bob", email: "bob@example.org")]))
        #expect(lms.effects == [.accountCreated("bob", email: "bob@example.org")])
    }
}
