import Foundation
import Testing

@testable import Command

/// What only a process of its own can show.
@Suite("Process")
struct ProcessTests {
    @Test("a fault point ends the process with 137")
    func fault() async {
        await #expect(processExitsWith: .exitCode(137)) {
            try Faults("publish.done", of: [SampleProgram.published]).pass(SampleProgram.published)
        }
    }

    @Test("SIGTERM cancels the work and is reported")
    func stopped() async throws {
        let result = await #expect(processExitsWith: .exitCode(75), observing: [\.standardErrorContent]) {
            await ProcessTests.run { _ in
                kill(getpid(), SIGTERM)
                try await Task.sleep(for: .seconds(60))
                return Outcome()
            }
        }
        let text = try String(decoding: #require(result).standardErrorContent, as: UTF8.self)
        #expect(text.contains(#""event":"stopping","signal":"SIGTERM""#))
        #expect(text.contains(#""status":75"#))
    }

    @Test("a second signal ends a process that does not stop")
    func second() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            await ProcessTests.run { _ in
                kill(getpid(), SIGTERM)
                while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
                kill(getpid(), SIGINT)
                while true { sleep(1) }
            }
        }
    }

    @Test("a reader that went away is a failure of output, not a death by SIGPIPE")
    func brokenPipe() async {
        await #expect(processExitsWith: .exitCode(73)) {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            close(ends[0])
            dup2(ends[1], STDOUT_FILENO)
            await ProcessTests.run { invocation in
                try invocation.print("result") { _ in }
                return Outcome()
            }
        }
    }

    @Test("a long text passes through a pipe whole")
    func longWrite() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            // A pipe that does not block takes a part of what is written to it.
            _ = fcntl(STDOUT_FILENO, F_SETFL, fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK)
            let sink = ByteSink.descriptor(STDOUT_FILENO, name: "standard output")
            try sink.write([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20))
        }
        let count = try #require(result).standardOutputContent.count { $0 == UInt8(ascii: "x") }
        #expect(count >= 1 << 20)
    }

    @Test("the environment of the process is read whole")
    func environment() async {
        await #expect(processExitsWith: .success) {
            setenv("MITXONLINE_PAGE_SIZE", "a=b", 1)
            let environment = ProcessContext.process().environment
            guard environment == ProcessInfo.processInfo.environment, environment["MITXONLINE_PAGE_SIZE"] == "a=b"
            else { exit(1) }
        }
    }

    @Test("the machine's clocks move forward")
    func clocks() {
        let before = Date.now.timeIntervalSince1970
        let start = TimeSource.system.steady()
        let now = Double(TimeSource.system.now().microseconds) / 1e6
        #expect(before - 1...Date.now.timeIntervalSince1970 + 1 ~= now)
        #expect(TimeSource.system.steady() >= start)
    }

    /// Ends the process with the status of a program that does `body`.
    private static func run(_ body: @escaping @Sendable (Invocation) async throws -> Outcome) async {
        let program = SampleProgram.program(import: body)
        let own = ProcessContext.process()
        let status = await program.run(
            in: ProcessContext(
                arguments: ["import", "x"], environment: [:], output: own.output, diagnostics: own.diagnostics,
                time: own.time, stopSignals: own.stopSignals))
        exit(status.rawValue)
    }
}
