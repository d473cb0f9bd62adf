import Bytes
import Command
import HTTP
import Services
import Support
import Synchronization
import Testing

@Suite("Fake LMS: faults")
struct FakeLMSFaultTests {
    private let run = OpenEdXFixture.run
    private let clock = ManualClock()

    /// Enrolls U1 under a fault; the error, if any.
    private func enroll(_ lms: FakeLMS, _ username: String = "ada_l") async throws -> ServiceError? {
        let client = try OpenEdXFixture.client(lms, clock)
        do throws(ServiceError) {
            _ = try await client.enroll(username, in: run, mode: "audit")
            return nil
        } catch {
            return error
        }
    }

    /// A fault, and what the client sees of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: LMSFault
        let disposition: Disposition?
        let mayHaveHappened: Bool
        let isApplied: Bool

        var testDescription: String { "\(fault)" }
    }

    private static let down = Disposition.unavailable(retryAfter: nil)

    @Test(
        "what the client knows of an effect is true of every fault",
        arguments: [
            Case(fault: .delay(.seconds(9)), disposition: nil, mayHaveHappened: true, isApplied: true),
            Case(fault: .delay(.seconds(90)), disposition: down, mayHaveHappened: true, isApplied: true),
            Case(fault: .refused, disposition: down, mayHaveHappened: false, isApplied: false),
            Case(fault: .resetBeforeReading, disposition: down, mayHaveHappened: true, isApplied: false),
            Case(fault: .resetAfterApplying, disposition: down, mayHaveHappened: true, isApplied: true),
            Case(fault: .truncated(7), disposition: down, mayHaveHappened: true, isApplied: true),
            Case(
                fault: .throttled(retryAfter: 3), disposition: .unavailable(retryAfter: .seconds(3)),
                mayHaveHappened: false, isApplied: false),
            Case(fault: .throttled(retryAfter: nil), disposition: down, mayHaveHappened: false, isApplied: false),
            Case(fault: .status(500), disposition: .temporary, mayHaveHappened: true, isApplied: false),
            Case(fault: .status(503), disposition: down, mayHaveHappened: true, isApplied: false),
            Case(fault: .status(401), disposition: .systemic, mayHaveHappened: false, isApplied: false),
            Case(fault: .statusAfterApplying(500), disposition: .temporary, mayHaveHappened: true, isApplied: true),
            Case(fault: .duplicated, disposition: nil, mayHaveHappened: true, isApplied: true),
            Case(fault: .lost, disposition: down, mayHaveHappened: true, isApplied: true),
            Case(fault: .late(requests: 1), disposition: down, mayHaveHappened: true, isApplied: false),
            Case(fault: .html, disposition: .temporary, mayHaveHappened: true, isApplied: false),
            Case(fault: .redirected, disposition: .temporary, mayHaveHappened: true, isApplied: false),
            Case(fault: .huge(10 << 20), disposition: .temporary, mayHaveHappened: true, isApplied: true),
        ])
    func knowledge(given: Case) async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.fault(given.fault, on: .enroll)
        let error = try await enroll(lms)
        #expect(error?.disposition == given.disposition)
        #expect(error?.mayHaveHappened ?? true == given.mayHaveHappened)
        #expect(lms.effects.count == (given.isApplied ? 1 : 0))
        #expect(lms.strays.isEmpty)
        // Enrolling again ends in the same state, and its effect is there once.
        #expect(try await enroll(lms) == nil)
        lms.applyLateRequests()
        #expect(lms.effects == [.enrolled("ada_l", run: run, mode: "audit")])
    }

    @Test("a late request is applied after the next ones")
    func late() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.add(LMSUser("bob", email: "bob@example.org"))
        lms.add(LMSUser("eve", email: "eve@example.org"))
        lms.fault(.late(requests: 2), on: .enroll)
        let start = clock.steady
        #expect(try await enroll(lms)?.mayHaveHappened == true)
        #expect(clock.steady - start == .seconds(60))
        #expect(try await enroll(lms, "bob") == nil)
        #expect(lms.enrollment(of: "ada_l", in: run) == nil)
        #expect(try await enroll(lms, "eve") == nil)
        #expect(
            lms.effects == ["bob", "eve", "ada_l"].map { .enrolled($0, run: run, mode: "audit") })
    }

    @Test("a held request is applied after another one")
    func held() async throws {
        let lms = FakeLMS(clock: clock, holdLimit: .seconds(20))
        lms.add(LMSCourse(run))
        for name in ["ada_l", "bob"] { lms.add(LMSUser(name, email: "\(name)@example.org")) }
        lms.fault(.held, on: .enroll)
        async let first = enroll(lms, "ada_l")
        while lms.requestCount == 0 { await Task.yield() }
        #expect(try await enroll(lms, "bob") == nil)
        #expect(try await first == nil)
        #expect(lms.effects == ["bob", "ada_l"].map { .enrolled($0, run: run, mode: "audit") })
    }

    @Test("faults are counted by call, pass and condition")
    func passes() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.add(LMSUser("bob", email: "bob@example.org"))
        lms.fault(.status(503), on: .enroll, pass: 2, times: 2) { $0.json?["user"]?.string == "bob" }
        var failures: [Bool] = []
        for name in ["bob", "ada_l", "bob", "ada_l", "bob", "bob"] {
            failures.append(try await enroll(lms, name) != nil)
        }
        #expect(failures == [false, false, true, false, true, false])
        #expect(lms.count(.enroll) == 6)
        lms.fault(.refused, on: .enroll, times: .max)
        #expect(try await enroll(lms) != nil)
        lms.heal()
        #expect(try await enroll(lms) == nil)
    }

    @Test("an outage lasts from one instant to another")
    func outage() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.outage(from: clock.now.adding(seconds: 10), until: clock.now.adding(seconds: 20))
        #expect(try await enroll(lms) == nil)
        clock.advance(by: .seconds(10))
        #expect(try await enroll(lms)?.mayHaveHappened == false)
        clock.advance(by: .seconds(10))
        #expect(try await enroll(lms) == nil)
    }

    @Test("a hook runs before its request is applied")
    func hook() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        let run = run
        lms.before(.enroll, pass: 2) { request in
            #expect(request.json?["user"] == .string("ada_l"))
            #expect(lms.count(.enroll) == 2)
            lms.update { $0.courses[run] = nil }
        }
        #expect(try await enroll(lms) == nil)
        #expect(try await enroll(lms)?.status == 400)
    }

    @Test("a registration asks MITx Online for the learner; another name is refused")
    func userInfo() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.onUserInfo { $0 == "mitx-1" ? "bob" : nil }
        let client = try OpenEdXFixture.client(lms, clock)
        func register(_ name: String, _ token: String) async throws -> RegistrationAnswer {
            try await client.register(
                Registration(
                    username: name, email: "\(name)@example.org", name: "B", accessToken: Secret(token)))
        }
        #expect(try await register("eve", "mitx-1").description == "refused")
        #expect(try await register("bob", "old").description == "refused")
        #expect(try await register("bob", "mitx-1") == .created)
        #expect(lms.effects == [.accountCreated("bob", email: "bob@example.org")])
    }

    @Test("random faults are the same for the same seed, in whatever order the requests come")
    func random() async throws {
        let names = (0..<40).map { "learner-\($0)" }
        func outcomes(seed: UInt64, _ names: [String]) async throws -> [String: String] {
            let lms = OpenEdXFixture.lms(clock: clock)
            for name in names { lms.add(LMSUser(name, email: "\(name)@example.org")) }
            lms.randomFaults(seed: seed, percent: 40)
            var outcomes: [String: String] = [:]
            for name in names { outcomes[name] = try await enroll(lms, name)?.description ?? "enrolled" }
            return outcomes
        }
        let first = try await outcomes(seed: 7, names)
        #expect(try await outcomes(seed: 7, names.reversed()) == first)
        #expect(try await outcomes(seed: 8, names) != first)
        #expect(Set(first.values).count > 4)
        #expect(first.values.contains("enrolled"))
    }

    @Test("requests to strangers are kept apart")
    func strays() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        let url = RequestURL(try #require(WebURL("https://elsewhere.test")), "/")
        await #expect(throws: TransportError.self) {
            _ = try await lms.transport().send(
                Request("test", .get, url), within: clock.deadline(in: .seconds(1)))
        }
        #expect(lms.strays.count == 1)
        #expect(lms.requestCount == 0)
    }
}

extension OpenEdXFixture {
    fileprivate static func client(_ lms: FakeLMS, _ clock: ManualClock) throws -> OpenEdXClient {
        try client(lms.transport(), clock: clock)
    }
}
