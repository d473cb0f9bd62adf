import Testing

@testable import Command

@Suite("Fault points")
struct FaultsTests {
    @Test("a plan must name a known point and a pass")
    func plans() async {
        for plan in ["publish.nowhere", "publish.done:0", "publish.done:x", "publish.done:1:2", ":1"] {
            var harness = Harness()
            harness.environment["FAULT"] = plan
            #expect(
                await harness.run(SampleProgram.program(), ["import", "x"])
                    == .init(
                        status: .configuration, output: "",
                        diagnostics: "sample: FAULT: \(plan) is not point:n with a point of: publish.renamed, "
                            + "publish.done\n"))
        }
    }

    @Test("the points can be listed")
    func list() async {
        var harness = Harness()
        harness.environment["FAULT"] = "list"
        #expect(await harness.run(SampleProgram.program(), []).output == "publish.renamed\npublish.done\n")
    }

    @Test("only the wanted pass of the wanted point ends the process")
    func counting() throws {
        let ended = Recorder()
        let faults = try Faults("publish.done:2", of: SampleProgram.program().faultPoints) {
            try? ended.sink.write([UInt8(ascii: "x")])
        }
        faults.pass(SampleProgram.published)
        faults.pass(FaultPoint("publish.renamed"))
        #expect(ended.text == "")
        faults.pass(SampleProgram.published)
        #expect(ended.text == "x")
        faults.pass(SampleProgram.published)
        #expect(ended.text == "x")
    }
}
