import Command
import HTTP
import Services
import Support
import Testing

/// The parts of the acceptance cases of `spec/openedx.md` §18.
enum OpenEdXFixture {
    static let run = FakeLMS.run

    static func settings() throws -> OpenEdXSettings { try FakeLMS.acceptance().settings() }

    static func client(_ transport: some Transport, clock: ManualClock = ManualClock()) throws -> OpenEdXClient {
        OpenEdXClient(try settings(), over: transport, time: clock.source)
    }

    /// A client that gets one answer.
    static func client(_ answers: StubTransport.Answer...) throws -> OpenEdXClient {
        try client(StubTransport(answers))
    }

    static func lms(clock: ManualClock? = nil) -> FakeLMS { FakeLMS.acceptance(clock: clock) }
}

/// The service error that `body` throws.
func serviceError(
    _ body: () async throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> ServiceError {
    try #require(await #expect(throws: ServiceError.self, sourceLocation: sourceLocation) { _ = try await body() })
}
