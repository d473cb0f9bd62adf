import Command
import HTTP
import Support
import Synchronization
import Testing

@testable import Services

/// A limiter that counts, and refuses after so many.
private final class CountingLimiter: RateLimiter {
    let admitted = Mutex<[String]>([])
    let limit: Int

    init(limit: Int = .max) {
        self.limit = limit
    }

    func admit(_ family: RateLimit, before deadline: Deadline) async throws(LimitError) {
        let count = admitted.withLock { list in
            list.append(family.name)
            return list.count
        }
        if count > limit { throw .tooLong(.seconds(12)) }
    }

    func pause(_ family: RateLimit, for duration: Duration) async {}
}

@Suite("Open edX: repeats and limits")
struct TransportStackTests {
    private let run = OpenEdXFixture.run
    private let clock = ManualClock()

    private func client(_ lms: FakeLMS, _ limiter: CountingLimiter) throws -> OpenEdXClient {
        let limited = OpenEdXClient.limited(lms.transport(), limiter: limiter, time: clock.source)
        let transport = RetryingTransport(limited, time: clock.source, random: { 0.5 }, sleep: clock.sleep)
        return try OpenEdXFixture.client(transport, clock: clock)
    }

    @Test("an enrollment is repeated when the LMS fails over it, and has its effect once")
    func repeated() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.fault(.statusAfterApplying(502), on: .enroll)
        lms.fault(.resetAfterApplying, on: .enroll, pass: 2)
        let limiter = CountingLimiter()
        let enrollment = try await client(lms, limiter).enroll("ada_l", in: run, mode: "audit")
        #expect(enrollment.isActive)
        #expect(lms.count(.enroll) == 3)
        #expect(lms.effects == [.enrolled("ada_l", run: run, mode: "audit")])
        #expect(clock.sleeps == [.milliseconds(500), .seconds(2)])
        #expect(limiter.admitted.withLock { $0 } == Array(repeating: "openedx.enrollment", count: 3))
    }

    @Test("what the LMS asks for is waited for")
    func retryAfter() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.fault(.throttled(retryAfter: 7), on: .enrollmentList)
        #expect(try await client(lms, CountingLimiter()).enrollments(in: run, of: ["ada_l"]).isEmpty)
        #expect(clock.sleeps == [.seconds(7)])
    }

    @Test("a deactivation, a registration and a token are asked for once")
    func once() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        lms.add(LMSEnrollment(run: run, username: "ada_l", mode: "audit"))
        for call in [LMSCall.deactivate, .registration, .tokenRefresh, .ltiFix] {
            lms.fault(.status(503), on: call, times: .max)
        }
        let limiter = CountingLimiter()
        let client = try client(lms, limiter)
        _ = try await serviceError { try await client.deactivate("ada_l", in: run) }
        _ = try await serviceError { try await client.refresh(Secret("rt-ada")) }
        _ = try await serviceError { try await client.fixLTIAccount(email: "ada@example.org") }
        _ = try await serviceError {
            try await client.register(
                Registration(username: "bob", email: "b@example.org", name: "B", accessToken: Secret("t")))
        }
        #expect(lms.requestCount == 4)
        #expect(limiter.admitted.withLock { $0 } == ["openedx.enrollment"])
    }

    @Test("a limit that is reached makes the service unavailable for so long, and nothing is sent")
    func limited() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        let client = try client(lms, CountingLimiter(limit: 0))
        let error = try await serviceError { try await client.enroll("ada_l", in: run, mode: "audit") }
        #expect(error.disposition == .unavailable(retryAfter: .seconds(12)))
        #expect(!error.mayHaveHappened)
        #expect(lms.requestCount == 0)
    }

    @Test("the families of calls")
    func families() throws {
        let lms = try #require(WebURL("https://lms.test"))
        func family(_ path: String) -> String? {
            OpenEdXLimits.family(of: Request("test", .get, RequestURL(lms, path, query: [("a", "b")])))?.name
        }
        #expect(family("/api/enrollment/v1/enrollments") == "openedx.enrollment")
        #expect(family("/api/enrollment/v1/enrollment") == "openedx.enrollment")
        #expect(family("/api/courses/v1/courses/") == "openedx.courses")
        #expect(family("/oauth2/access_token") == nil)
        #expect(OpenEdXLimits.enrollment.perMinute + OpenEdXLimits.enrollment.burst <= 120)
        #expect(OpenEdXLimits.courses.perMinute + OpenEdXLimits.courses.burst <= 20)
    }

    @Test("a dry run lets out what only asks")
    func dryRun() async throws {
        let lms = OpenEdXFixture.lms(clock: clock)
        let withheld = Mutex<[String]>([])
        let dry = DryRunTransport(lms.transport()) { request in
            withheld.withLock { $0.append("\(request.call)") }
        }
        let client = try OpenEdXFixture.client(dry, clock: clock)
        #expect(try await client.enrollments(in: run, of: ["ada_l"]).isEmpty)
        let error = try await serviceError { try await client.enroll("ada_l", in: run, mode: "audit") }
        #expect(error.disposition == .temporary)
        #expect(!error.mayHaveHappened)
        #expect(withheld.withLock { $0 } == ["enroll"])
        #expect(lms.effects.isEmpty)
    }
}
