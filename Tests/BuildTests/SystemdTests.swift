import Foundation
import Support
import Testing

@Suite("The systemd units")
struct SystemdTests {
    private let workspace: Workspace

    /// The units as they are installed, but that their program is this build's.
    init() throws {
        workspace = try Workspace()
        let program = try BuiltProgram(BuildProgram.name).path
        for path in try SourceTree.paths(below: "deploy/systemd") {
            let text = try SourceTree.text(of: "deploy/systemd/\(path)")
            try workspace.write(text.replacing("/usr/bin/\(BuildProgram.name)", with: program), to: "units/\(path)")
        }
    }

    private func analyze(_ words: [String]) async throws -> ProgramResult {
        try await RunningProgram.run(
            "/usr/bin/env",
            ["SYSTEMD_UNIT_PATH=\(workspace.path("units")):", "systemd-analyze"] + words)
    }

    @Test("are understood whole by systemd, without an order that contradicts itself")
    func understood() async throws {
        let units = try SourceTree.paths(below: "deploy/systemd").filter { !$0.hasSuffix(".conf") }
        #expect(units.count == 4)
        let result = try await analyze(["verify", "--man=no"] + units.map { workspace.path("units/\($0)") })
        #expect(result.errors == "")
        #expect(result.ending == .exit(0))
    }

    @Test("start the program with a command line that it understands")
    func commandLines() async throws {
        for unit in ["mitxonline-build", "mitxonline-build-full"] {
            let text = try workspace.text("units/\(unit).service")
            let line = try #require(text.firstMatch(of: /\nExecStart=(\S+) (.*)\n/))
            let result = try await BuildProgram([
                "DATABASE_URL": "sqlite:\(workspace.path("missing.sqlite"))",
                "MITXONLINE_OUTPUT": workspace.output,
            ]).run(line.output.2.split(separator: " ").map(String.init))
            // All is right but the database.
            #expect(result.ending == .exit(78), "\(result.errors)")
        }
    }

    @Test("render in full before minute 50 of the hours before MIT Learn reads, whatever the machine's time zone")
    func calendar() async throws {
        let timer = try workspace.text("units/mitxonline-build-full.timer")
        let rule = try #require(timer.firstMatch(of: /\nOnCalendar=(.*)\n/)).output.1
        let result = try await analyze([
            "calendar", "--iterations=4", "--base-time=2026-11-24 00:00:00 UTC", String(rule),
        ])
        let instants = result.output.matches(of: /2026-11-\d\d (\d\d:\d\d:\d\d) UTC/).map { String($0.output.1) }
        #expect(instants == ["05:43:00", "11:43:00", "17:43:00", "23:43:00"])
    }
}
