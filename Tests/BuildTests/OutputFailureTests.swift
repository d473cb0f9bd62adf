import Foundation
import Support
import Testing

@Suite("An output that cannot be written")
struct OutputFailureTests {
    @Test("a folder without the right to write: what is served stays, and may still be found unchanged")
    func readOnly() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let workspace = catalog.workspace
            let before = try workspace.tree()
            for name in ["output", "output/snapshots"] { #expect(chmod(workspace.path(name), 0o555) == 0) }
            defer {
                for name in ["output", "output/snapshots"] { chmod(workspace.path(name), 0o755) }
            }
            try await catalog.render("--now", "2100-01-01T00:00:00Z", launcher: BuiltProgram.withoutPrivileges)
                .expectFailure(
                    73,
                    """
                    \(workspace.output): cannot create the folder snapshots/.tmp-# (in the output folder): Permission \
                    denied; let the program's user read and write there, or choose another output folder
                    """)
            let same = try await catalog.render("--json", launcher: BuiltProgram.withoutPrivileges)
            #expect(same.output.contains(#""outcome":"unchanged""#))
            for name in ["output", "output/snapshots"] { chmod(workspace.path(name), 0o755) }
            #expect(try workspace.tree() == before)
        }
    }

    @Test("a folder that cannot be created")
    func uncreatable() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try catalog.workspace.write("a file", to: "output")
            try await catalog.render().expectFailure(
                73,
                """
                \(catalog.workspace.output): cannot open the output folder: Not a directory; move it away, then run again
                """)
            #expect(try catalog.workspace.text("output") == "a file")
        }
    }

    @Test(
        "something of another kind where the program's own things belong is left alone",
        arguments: ["current", "snapshots"])
    func obstructed(name: String) async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try catalog.workspace.write("precious", to: name == "current" ? "output/current/file" : "output/snapshots")
            let before = try catalog.workspace.tree().filter { !$0.contains("snapshots") || name == "snapshots" }
            let result = try await catalog.render()
            #expect(result.ending == .exit(73))
            #expect(result.log.count == 1)
            #expect(result.message?.hasPrefix("\(catalog.workspace.output): cannot ") == true)
            #expect(result.message?.hasSuffix("move it away, then run again") == true)
            let after = try catalog.workspace.tree()
            #expect(Set(before).isSubset(of: after))
            #expect(!after.contains { $0.contains(".tmp-") })
        }
    }

    @Test("a full disk, for which a limit on the size of files stands: what is served stays, nothing is left behind")
    func full() async throws {
        try await withCatalog(.sqlite, .golden()) { catalog in
            try await catalog.publish("--now", "2100-01-01T00:00:00Z")
            let before = try catalog.workspace.tree()
            // 512-byte blocks.
            for limit in [1, 8, 40] {
                let result = try await catalog.render(launcher: BuiltProgram.shell("ulimit -f \(limit)"))
                #expect(result.ending == .exit(73))
                #expect(result.output == "")
                #expect(result.log.count == 1)
                let message = try #require(result.message)
                #expect(message.hasPrefix("\(catalog.workspace.output): cannot write snapshots/.tmp-"))
                #expect(
                    message.hasSuffix(
                        " (in the output folder): File too large; free some space or raise the limit, then run again"))
                #expect(try catalog.workspace.tree() == before)
            }
        }
    }

    @Test("an output that another render holds: busy, which is no failure")
    func busy() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let workspace = catalog.workspace
            let before = try workspace.tree()
            let lock = open(workspace.path("output/.lock"), O_RDONLY | O_CLOEXEC)
            defer { close(lock) }
            try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
            let result = try await catalog.render("--now", "2100-01-01T00:00:00Z")
            #expect(result.output == "busy: another process is publishing into \(workspace.output); nothing was done\n")
            #expect(result.log.count == 1)
            #expect(result.log.first?.contains(#""event":"finished","status":0,"seconds":0,"outcome":"busy""#) == true)
            #expect(result.ending == .exit(0))
            #expect(try workspace.tree() == before)
        }
    }

    @Test("two renders at once: each ends well, and one snapshot is served")
    func twoAtOnce() async throws {
        try await withCatalog(.sqlite, .golden()) { catalog in
            async let first = catalog.render("--json")
            async let second = catalog.render("--json")
            let results = try await [first, second]
            for result in results { #expect(result.ending == .exit(0), "\(result.errors)") }
            #expect(results.contains { $0.output.contains(#""outcome":"published""#) })
            let folders = try FileManager.default.contentsOfDirectory(
                atPath: catalog.workspace.path("output/snapshots"))
            #expect(folders == [try catalog.workspace.servedID()])
        }
    }

    @Test("a full standard output is a failure, though the snapshot is published")
    func fullOutput() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let result = try await catalog.render(launcher: BuiltProgram.shell("exec >/dev/full"))
            #expect(result.ending == .exit(73))
            #expect(result.message == "standard output cannot be written: No space left on device")
            #expect(try catalog.workspace.servedID() != nil)
        }
    }

    @Test("closed standard descriptors are not taken by the files that the program opens")
    func closedDescriptors() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let undisturbed = try await catalog.render(launcher: BuiltProgram.shell("exec <&- 2>&-"))
            #expect(undisturbed.ending == .exit(0))
            let files = try catalog.workspace.tree("output")
            let closed = try await catalog.render(launcher: BuiltProgram.shell("exec <&- >&-"))
            #expect(closed.ending == .exit(73))
            #expect(closed.message?.hasPrefix("standard output cannot be written: ") == true)
            // Neither the log nor the report has gone into a file.
            #expect(try catalog.workspace.tree("output") == files)
            let again = try await catalog.render("--json")
            #expect(again.output.contains(#""outcome":"unchanged""#))
        }
    }
}
