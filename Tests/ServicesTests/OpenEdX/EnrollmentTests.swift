import Bytes
import HTTP
import Support
import Testing

@testable import Services

@Suite("Open edX: enrollments")
struct EnrollmentTests {
    private let run = OpenEdXFixture.run

    @Test("an enrollment is a list and one POST with the token of the service worker")
    func enroll() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        #expect(try await client.enrollments(in: run, of: ["ada_l"]).isEmpty)
        let enrollment = try await client.enroll("ada_l", in: run, mode: "verified")
        #expect(enrollment.isActive)
        #expect(enrollment.mode == "verified")
        #expect(enrollment.username == "ada_l")
        #expect(enrollment.run == run)
        #expect(lms.effects == [.enrolled("ada_l", run: run, mode: "verified")])
        let sent = lms.received
        #expect(
            sent.map { "\($0.method) \($0.target)" } == [
                "GET /api/enrollment/v1/enrollments?course_id=course-v1%3AMITx%2B6.00x%2B3T2026&username=ada_l",
                "POST /api/enrollment/v1/enrollment",
            ])
        #expect(sent.allSatisfy { $0["authorization"] == "Bearer sw-1" })
        #expect(sent[1]["content-type"] == "application/json")
        #expect(
            String(decoding: sent[1].body, as: UTF8.self)
                == #"{"mode":"verified","course_details":{"course_id":"\#(run)"},"user":"ada_l","force_enrollment":true}"#
        )
    }

    @Test("an active enrollment gets another mode by one POST")
    func upgrade() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSEnrollment(run: run, username: "ada_l", mode: "audit"))
        _ = try await OpenEdXFixture.client(lms.transport()).enroll("ada_l", in: run, mode: "verified")
        #expect(lms.count(.enroll) == 1)
        #expect(lms.effects == [.modeChanged("ada_l", run: run, from: "audit", to: "verified")])
    }

    @Test("EDX-23 an inactive enrollment with another mode takes a second POST")
    func secondPost() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSEnrollment(run: run, username: "ada_l", mode: "audit", isActive: false))
        let enrollment = try await OpenEdXFixture.client(lms.transport()).enroll("ada_l", in: run, mode: "verified")
        #expect(enrollment.isActive)
        #expect(lms.count(.enroll) == 2)
        #expect(
            lms.effects == [
                .modeChanged("ada_l", run: run, from: "audit", to: "verified"),
                .reactivated("ada_l", run: run, mode: "verified"),
            ])
        #expect(lms.received[0].body == lms.received[1].body)
    }

    @Test("an enrollment that is inactive after the second POST too is a temporary failure")
    func stillInactive() async throws {
        let transport = StubTransport([
            .json(#"{"is_active": false, "mode": "audit", "user": "ada_l", "course_details": {"course_id": "c"}}"#)
        ])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.enroll("ada_l", in: run, mode: "audit") }
        #expect(error.disposition == .temporary)
        #expect(error.mayHaveHappened)
        #expect(transport.sent.count == 2)
    }

    @Test("when the second POST fails, the first may have changed the mode")
    func secondPostFails() async throws {
        let client = try OpenEdXFixture.client(
            .json(#"{"is_active": false, "mode": "audit", "user": "ada_l", "course_details": {"course_id": "c"}}"#),
            .json("{}", status: 429, headers: [("Retry-After", "9")]))
        let error = try await serviceError { try await client.enroll("ada_l", in: run, mode: "audit") }
        #expect(error.disposition == .unavailable(retryAfter: .seconds(9)))
        #expect(error.mayHaveHappened)
        #expect(error.status == 429)
    }

    @Test("a learner whom the LMS does not know is status 406")
    func unknownLearner() async throws {
        let client = try OpenEdXFixture.client(OpenEdXFixture.lms().transport())
        let error = try await serviceError { try await client.enroll("nobody", in: run, mode: "audit") }
        #expect(error.status == 406)
        #expect(error.disposition == .permanent)
        #expect(!error.description.contains("nobody"))
    }

    @Test("enrolling may be repeated, deactivating may not")
    func idempotence() async throws {
        let answer = #"{"is_active": %, "mode": "audit", "user": "ada_l", "course_details": {"course_id": "c"}}"#
        let transport = StubTransport([
            .json(answer.replacing("%", with: "true")), .json(answer.replacing("%", with: "false")),
        ])
        let client = try OpenEdXFixture.client(transport)
        _ = try await client.enroll("ada_l", in: run, mode: "audit")
        try await client.deactivate("ada_l", in: run)
        #expect(transport.sent.map(\.isIdempotent) == [true, false])
        #expect(
            transport.sent[1].bodyText
                == #"{"course_details":{"course_id":"\#(run)"},"is_active":false,"user":"ada_l"}"#)
    }

    @Test("an active enrollment is deactivated by one POST")
    func deactivate() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSEnrollment(run: run, username: "ada_l", mode: "verified"))
        try await OpenEdXFixture.client(lms.transport()).deactivate("ada_l", in: run)
        #expect(lms.effects == [.deactivated("ada_l", run: run)])
        #expect(lms.enrollment(of: "ada_l", in: run)?.isActive == false)
    }

    @Test("a deactivation after which the enrollment is active is a temporary failure")
    func stillActive() async throws {
        let client = try OpenEdXFixture.client(
            .json(#"{"is_active": true, "mode": "audit", "user": "ada_l", "course_details": {"course_id": "c"}}"#))
        let error = try await serviceError { try await client.deactivate("ada_l", in: run) }
        #expect(error.disposition == .temporary)
        #expect(error.mayHaveHappened)
    }

    @Test("EDX-39 150 names take two calls, 100 and 50; none takes no call")
    func chunks() async throws {
        let lms = OpenEdXFixture.lms()
        let names = (1...150).map { "learner-\($0)" }
        for name in names {
            lms.add(LMSUser(name, email: "\(name)@example.org"))
            lms.add(LMSEnrollment(run: run, username: name, mode: "audit"))
        }
        let client = try OpenEdXFixture.client(lms.transport())
        #expect(try await client.enrollments(in: run, of: names).map(\.username) == names)
        #expect(lms.received.map { $0.parameter("username")?.split(separator: ",").count } == [100, 50])
        #expect(try await client.enrollments(in: run, of: []).isEmpty)
        #expect(lms.requestCount == 2)
    }

    @Test("pages are followed by the cursor alone; where else the next address leads does not matter")
    func paging() async throws {
        let lms = OpenEdXFixture.lms()
        let names = (1...7).map { "learner-\($0)" }
        for name in names { lms.add(LMSEnrollment(run: run, username: name, mode: "audit")) }
        lms.update { state in
            state.pageSize = 3
            state.pagingOrigin = "http://elsewhere.test:8080"
        }
        let found = try await OpenEdXFixture.client(lms.transport()).enrollments(in: run, of: names)
        #expect(found.map(\.username) == names)
        #expect(lms.strays.isEmpty)
        #expect(lms.received.map { $0.parameter("cursor") } == [nil, "p/3+=", "p/6+="])
        #expect(lms.received.allSatisfy { $0.parameter("course_id") == run && $0.origin == "https://lms.test" })
    }

    @Test("a cursor that leads to itself ends in an error")
    func endless() async throws {
        let transport = StubTransport([.json(#"{"results": [], "next": "https://lms.test/?cursor=a"}"#)])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.enrollments(in: run, of: ["ada_l"]) }
        #expect(error.disposition == .temporary)
        #expect(transport.sent.count == 2)
    }

    @Test(
        "odd usernames are encoded and stay one name",
        arguments: [
            ("a b", "a%20b"), ("a+b&c=d", "a%2Bb%26c%3Dd"), ("josé", "jos%C3%A9"),
            ("a%2Fb/../#?", "a%252Fb%2F..%2F%23%3F"),
            ("ada_l-1.~", "ada_l-1.~"),
        ])
    func encoding(name: String, encoded: String) async throws {
        let transport = StubTransport([.json(#"{"results": [], "next": null}"#)])
        _ = try await OpenEdXFixture.client(transport).enrollments(in: run, of: [name, "bob"])
        #expect(transport.sent[0].url.target.hasSuffix("&username=\(encoded)%2Cbob"))
        #expect(OpenEdXPath.username(name) == encoded)
        #expect(OpenEdXPath.run("course-v1:MITx+6.00x/é+3T 2026") == "course-v1:MITx+6.00x%2F%C3%A9+3T%202026")
    }

    @Test("a name that the LMS would take for two is refused like a bad one, and nothing is sent")
    func comma() async throws {
        let transport = StubTransport([.json(#"{"results": [], "next": null}"#)])
        let client = try OpenEdXFixture.client(transport)
        let error = try await serviceError { try await client.enrollments(in: run, of: ["ada_l", "a,bob"]) }
        #expect(error.status == 400)
        #expect(error.disposition == .permanent)
        #expect(transport.sent.isEmpty)
    }

    @Test("one bad name fails the list with status 400")
    func badName() async throws {
        let client = try OpenEdXFixture.client(OpenEdXFixture.lms().transport())
        let error = try await serviceError { try await client.enrollments(in: run, of: ["ada_l", "a b"]) }
        #expect(error.status == 400)
        #expect(error.disposition == .permanent)
    }

    @Test("a call has the time limit of the settings, unless the run ends before")
    func deadlines() async throws {
        let transport = StubTransport([.json(#"{"results": [], "next": null}"#)])
        let clock = ManualClock()
        let client = try OpenEdXFixture.client(transport, clock: clock)
        _ = try await client.enrollments(in: run, of: ["ada_l"])
        clock.advance(by: .seconds(5))
        _ = try await client.before(clock.deadline(in: .seconds(20))).before(clock.deadline(in: .seconds(40)))
            .enrollments(in: run, of: ["ada_l"])
        #expect(transport.deadlines.map { $0.at - .seconds(1000) } == [.seconds(60), .seconds(25)])
    }
}
