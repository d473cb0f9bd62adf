import Support
import Testing

@Suite("A render that is interrupted")
struct InterruptedRenderTests {
    @Test("SIGTERM while it reads: 75, and nothing changed", .timeLimit(.minutes(20)), arguments: [15, 2] as [Int32])
    func signal(number: Int32) async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let words = BuildProgram.rendering(
                catalog.locator, into: catalog.workspace, ["--now", "2100-01-01T00:00:00Z"])
            try await catalog.stopReaders()
            var program = try BuildProgram().start(words)
            try await catalog.readerWaits()
            program.send(number)
            #expect(await program.waits(forErrorWith: #""event":"stopping""#))
            try await catalog.releaseReaders()
            let result = await program.finish()
            let name = number == 15 ? "SIGTERM" : "SIGINT"
            let head = #""program":"mitxonline-build","command":"render","#
            #expect(
                result.log == [
                    #"{"level":"warning",\#(head)"event":"stopping","signal":"\#(name)"}"#,
                    #"{"level":"error",\#(head)"event":"failed","status":75,"seconds":0,"message":"stopped by \#(name) "#
                        + #"before the work was done; what was there before is unchanged, start it again"}"#,
                ])
            #expect(result.ending == .exit(75))
            #expect(result.output == "")
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("a second SIGTERM ends it at once, and nothing changed", .timeLimit(.minutes(20)))
    func secondSignal() async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let words = BuildProgram.rendering(
                catalog.locator, into: catalog.workspace, ["--now", "2100-01-01T00:00:00Z"])
            try await catalog.stopReaders()
            var program = try BuildProgram().start(words)
            try await catalog.readerWaits()
            program.send(15)
            #expect(await program.waits(forErrorWith: #""event":"stopping""#))
            program.send(15)
            #expect(await program.finish().ending == .signal(15))
            #expect(try catalog.workspace.tree() == before)
        }
    }
}
