import Command
import HTTP
import Services
import Support
import Testing

@Suite("Open edX: over real sockets", .timeLimit(.minutes(10)))
struct LoopbackTests {
    private let run = OpenEdXFixture.run
    private let network = CurlTransport(userAgent: "mitxonline-flows/test", time: .system, grace: .zero)

    private func client(
        _ lms: LoopbackServer, _ site: LoopbackServer? = nil, timeout: Duration = .seconds(60)
    ) throws -> OpenEdXClient {
        var settings = try OpenEdXFixture.settings()
        settings.lms = try #require(WebURL(lms.url))
        settings.site = try #require(WebURL((site ?? lms).url))
        settings.timeout = timeout
        return OpenEdXClient(settings, over: network, time: .system)
    }

    @Test("a learner authorizes by way of both hosts, is enrolled, listed and deactivated")
    func whole() async throws {
        let lms = OpenEdXFixture.lms()
        let server = try lms.serve()
        let site = try lms.serveSite()
        let client = try client(server, site)
        let tokens = try await client.exchange(code: try await client.authorizationCode(session: Secret("ada-session")))
        #expect(try await client.accountExists(userToken: tokens.access))
        _ = try await client.enroll("ada_l", in: run, mode: "verified")
        #expect(try await client.enrollments(in: run, of: ["ada_l"]).map(\.isActive) == [true])
        try await client.deactivate("ada_l", in: run)
        #expect(
            lms.effects == [
                .tokensIssued("ada_l"), .enrolled("ada_l", run: run, mode: "verified"),
                .deactivated("ada_l", run: run),
            ])
        server.stop()
        site.stop()
    }

    @Test(
        "faults look over a socket as they do without one",
        arguments: [
            (LMSFault.resetBeforeReading, false), (.resetAfterApplying, true), (.truncated(7), true), (.lost, true),
            (.late(requests: 1), false), (.delay(.seconds(2)), true), (.status(500), false),
            (.statusAfterApplying(500), true), (.html, false), (.redirected, false), (.huge(10 << 20), true),
        ])
    func faults(fault: LMSFault, isApplied: Bool) async throws {
        let lms = OpenEdXFixture.lms()
        lms.fault(fault, on: .enroll)
        let server = try lms.serve()
        let isSilent = [.lost, .late(requests: 1), .delay(.seconds(2))].contains(fault)
        let client = try client(server, timeout: isSilent ? .milliseconds(300) : .seconds(60))
        let error = try await serviceError { try await client.enroll("ada_l", in: run, mode: "audit") }
        #expect(error.mayHaveHappened)
        #expect(error.disposition != .permanent)
        // On a busy machine the client's short time may pass before the server has looked at the request.
        while lms.requestCount == 0 { try await Task.sleep(for: .milliseconds(5)) }
        while isApplied, lms.effects.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        #expect(lms.effects.count == (isApplied ? 1 : 0))
        server.stop()
    }
}
