import Command
import HTTP
import Services
import Support
import Testing

/// What a job does that asks before it sends, under every fault that the fake LMS knows.
@Suite("Open edX: under random faults")
struct EventualEnrollmentTests {
    private static let names = (1...12).map { "learner-\($0)" }

    private func lms(_ clock: ManualClock) -> FakeLMS {
        let lms = FakeLMS(clock: clock, holdLimit: .milliseconds(5))
        lms.add(LMSCourse(OpenEdXFixture.run))
        for (index, name) in EventualEnrollmentTests.names.enumerated() {
            lms.add(LMSUser(name, email: "\(name)@example.org"))
            if index % 3 == 1 {
                lms.add(
                    LMSEnrollment(run: OpenEdXFixture.run, username: name, mode: "audit", isActive: index % 2 == 0))
            }
        }
        return lms
    }

    /// Enrolls who the list says is not enrolled, four at a time; who could not be is left for the next round.
    private func round(_ client: OpenEdXClient) async -> Bool {
        let run = OpenEdXFixture.run
        guard let listed = try? await client.enrollments(in: run, of: EventualEnrollmentTests.names) else {
            return false
        }
        let done = Set(listed.filter { $0.isActive && $0.mode == "verified" }.map(\.username))
        var rest = EventualEnrollmentTests.names.filter { !done.contains($0) }[...]
        while !rest.isEmpty {
            await withTaskGroup(of: Void.self) { group in
                for name in rest.prefix(4) {
                    group.addTask { _ = try? await client.enroll(name, in: run, mode: "verified") }
                }
            }
            rest = rest.dropFirst(4)
        }
        return done.count == EventualEnrollmentTests.names.count
    }

    @Test("everybody is enrolled in the end, and nobody twice", arguments: 0..<24)
    func eventually(seed: Int) async throws {
        let clock = ManualClock()
        let lms = lms(clock)
        lms.randomFaults(seed: UInt64(seed), percent: 50, LMSFault.concurrent + [.status(401), .status(403)])
        let transport =
            seed % 2 == 0
            ? RetryingTransport(lms.transport(), time: clock.source, random: { 0.5 }, sleep: clock.sleep)
            : lms.transport() as any Transport
        let client = try OpenEdXFixture.client(transport, clock: clock)
        var rounds = 0
        while await !round(client) {
            rounds += 1
            // Only the list is asked for in vain for long, with one and the same request.
            if rounds == 40 { lms.heal() }
            try #require(rounds < 60)
        }
        lms.applyLateRequests()
        for name in EventualEnrollmentTests.names {
            let enrollment = try #require(lms.enrollment(of: name, in: OpenEdXFixture.run))
            #expect(enrollment.isActive)
            #expect(enrollment.mode == "verified")
        }
        let effects = lms.effects
        #expect(Set(effects).count == effects.count)
        // Eight were not there, two were inactive, two had another mode only.
        let became = effects.filter { if case .modeChanged = $0 { false } else { true } }
        #expect(became.count == 10)
        #expect(effects.count == 14)
        #expect(lms.strays.isEmpty)
    }
}
