import Bytes
import Foundation
import Support
import Testing

/// What an operator does with the snapshots of an output.
@Suite("list, verify, rollback and what render keeps")
struct KeepingTests {
    private static let later = "2100-01-01T00:00:00Z"

    private func run(_ words: [String], _ catalog: TestCatalog) async throws -> ProgramResult {
        try await BuildProgram().run(words + ["--output", catalog.workspace.output])
    }

    private func json(_ result: ProgramResult) throws -> JSONValue {
        try JSONValue(parsing: Array(result.output.utf8))
    }

    @Test(
        "CAT-33 100 courses before, 70 now: refused without --allow-shrink, and the old snapshot stays served",
        arguments: Engine.allCases)
    func shrink(engine: Engine) async throws {
        var fixture = try Fixture.f()
        for id in 101...200 {
            try fixture.copy("courses_course", 2, ["id": "\(id)", "readable_id": "course-v1:MITx+\(id)x"])
        }
        for id in 1...3 { try fixture.set("courses_course", id, ["live": "f"]) }
        try await withCatalog(engine, fixture) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            try await catalog.execute("UPDATE courses_course SET live = false WHERE id BETWEEN 101 AND 130")
            let names = (101...120).map { "course-v1:MITx+\($0)x" }.joined(separator: ", ")
            let refused = try await catalog.render()
            refused.expectFailure(
                65,
                "\(catalog.workspace.output): cannot replace current (in the output folder): live courses fall from 100 "
                    + "to 70: \(names) and 10 more; if this is meant, render with --allow-shrink")
            #expect(try catalog.workspace.tree() == before)
            let allowed = try await catalog.render("--allow-shrink", "--json", "--log-level", "error")
            #expect(allowed.ending == .exit(0))
            #expect(try json(allowed)["outcome"] == .string("published"))
            #expect(try json(allowed)["counts"]?["courses_live"]?.int == 70)
        }
    }

    @Test(
        "CAT-37 only run 2's upgrade_deadline changes: the purge list names course 1 alone", arguments: Engine.allCases)
    func purgeList(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            try await catalog.publish()
            #expect(!catalog.workspace.exists("output/purge.txt"))
            try await catalog.execute(
                "UPDATE courses_courserun SET upgrade_deadline = '2099-11-02 00:00:00+00' WHERE id = 2")
            let result = try await catalog.render("--json")
            #expect(try json(result)["purge"] == .array([.string("mitxonline:course:course-v1:MITx+6.100x")]))
            #expect(try catalog.workspace.text("output/purge.txt") == "mitxonline:course:course-v1:MITx+6.100x\n")
        }
    }

    @Test(
        "--if-stale renders when a row, a setting or the interval of the clock has changed, and only then",
        arguments: Engine.allCases)
    func ifStale(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            func outcome(_ options: String..., now: String = BuildProgram.now) async throws -> (String?, Int?) {
                let result = try await run(
                    BuildProgram.rendering(catalog.locator, into: catalog.workspace, ["--now", now, "--json"])
                        .filter { $0 != "--output" && $0 != catalog.workspace.output } + ["--if-stale"] + options,
                    catalog)
                let report = try json(result)
                // Nothing but a render counts files.
                return (report["outcome"]?.string, report["files"]?.int.map { min($0, 1) })
            }
            #expect(try await outcome() == ("published", 1))
            let before = try catalog.workspace.tree()
            #expect(try await outcome() == ("unchanged", 0))
            #expect(try await outcome(now: "2099-09-01T13:59:59.999999Z") == ("unchanged", 0))
            #expect(try catalog.workspace.tree() == before)
            // A row that no document shows: rendered once, and known from then on.
            try await catalog.execute("UPDATE wagtailcore_page SET seo_title = 'new' WHERE id = 13")
            #expect(try await outcome() == ("unchanged", 1))
            #expect(try await outcome() == ("unchanged", 0))
            #expect(try await outcome("--page-size", "99") == ("unchanged", 1))
            #expect(try await outcome("--page-size", "1") == ("published", 1))
            #expect(try await outcome("--page-size", "1") == ("unchanged", 0))
            #expect(try await outcome("--page-size", "1", now: "2099-09-01T14:00:00Z") == ("published", 1))
            try await catalog.execute("UPDATE courses_course SET title = 'New' WHERE id = 1")
            #expect(try await outcome("--page-size", "1", now: "2099-09-01T14:00:00Z") == ("published", 1))
        }
    }

    @Test("rollback holds an earlier snapshot, list shows it, render waits, --release ends it")
    func rollback() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let first = try #require(try catalog.workspace.servedID())
            try await catalog.publish("--now", Self.later)
            let second = try #require(try catalog.workspace.servedID())

            let back = try await run(["rollback"], catalog)
            #expect(back.ending == .exit(0))
            #expect(
                back.output
                    == "serves snapshot \(first) in place of \(second), and holds it until 'rollback --release'\n")
            #expect(try catalog.workspace.servedID() == first)
            #expect(try catalog.workspace.json("output/current/snapshot.json")["held_since"]?.string != nil)

            let held = try await catalog.render("--now", Self.later)
            #expect(held.ending == .exit(0))
            #expect(held.output.hasPrefix("held: snapshot \(second) is ready (0."))
            #expect(try catalog.workspace.servedID() == first)

            let snapshots = try json(try await run(["list", "--json"], catalog))["snapshots"]?.array ?? []
            #expect(snapshots.map { $0["snapshot_id"]?.string } == [first, second])
            #expect(snapshots.map { $0["held_since"]?.isNull } == [false, true])
            let list = try await run(["list"], catalog).output.split(separator: "\n")
            #expect(list.count == 3)
            #expect(list[0].hasPrefix("SNAPSHOT          RENDERED FOR"))
            #expect(list[1].contains(/^\w{16}  2026-11-23T20:45:00Z .* 2 +2 +2 +served, held since 20/))
            #expect(list[2].hasPrefix("\(second)  \(Self.later) "))

            #expect(
                try await run(["rollback", "--release"], catalog).output == "released: the next render switches again\n"
            )
            #expect(try await run(["rollback", "--release"], catalog).output == "unchanged: nothing was held\n")
            try await catalog.publish("--now", Self.later)
            #expect(try catalog.workspace.servedID() == second)
        }
    }

    @Test("verify names each difference, and rollback refuses what is damaged")
    func verify() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let workspace = catalog.workspace
            try await catalog.publish()
            let first = try #require(try workspace.servedID())
            let sound = try await run(["verify"], catalog)
            #expect(sound.output.contains(/^snapshot \w{16}: \d+ files, \d+ bytes, all as published\n$/))
            #expect(sound.ending == .exit(0))

            try await catalog.publish("--now", Self.later)
            // As an editor does it; written into, the file would change in every snapshot that shares it.
            try workspace.remove("output/snapshots/\(first)/public/api/v2/departments/index.json")
            try workspace.write("[]", to: "output/snapshots/\(first)/public/api/v2/departments/index.json")
            try workspace.write("mine", to: "output/snapshots/\(first)/public/notes.txt")
            try workspace.remove("output/snapshots/\(first)/public/api/v2/empty.json")
            let damaged = try await run(["verify", "--all"], catalog)
            #expect(
                damaged.output.split(separator: "\n").dropFirst().map {
                    $0.replacing(/with \d+/, with: "with #").replacing(/: \d+ files.*/, with: ": #")
                } == [
                    "snapshot \(first): #",
                    "  public/api/v2/departments/index.json has 2 bytes and was published with #",
                    "  public/api/v2/empty.json is missing",
                    "  public/notes.txt was not published",
                ])
            #expect(
                damaged.message
                    == "\(workspace.output): damaged: \(first); render again, or roll back to a sound snapshot")
            #expect(damaged.ending == .exit(65))
            let before = try workspace.tree()
            #expect(try await run(["rollback"], catalog).ending == .exit(65))
            #expect(try workspace.tree() == before)
        }
    }

    @Test(
        "a snapshot that is not there, an output without any, options that contradict each other: 64",
        arguments: [
            (["verify", "0123456789abcdef"], "cannot find snapshots/0123456789abcdef (in the output folder)"),
            (["rollback", "../../etc"], "cannot find that snapshot (in the output folder)"),
            (["rollback"], "cannot roll back from snapshots/"),
            (["rollback", "x", "--release"], "--release takes no ID"),
            (["verify", "x", "--all"], "--all takes no ID"),
        ])
    func wrong(words: [String], message: String) async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let nowhere = try await run(words.isEmpty ? words : [words[0]], catalog)
            #expect(nowhere.ending == .exit(64))
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let result = try await run(words, catalog)
            #expect(result.ending == .exit(64), "\(result.errors)")
            #expect(result.message?.contains(message) == true, "\(result.errors)")
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("old snapshots are removed, as the options say")
    func pruned() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            for size in 1...4 { try await catalog.publish("--page-size", "\(size)") }
            let kept = try FileManager.default.contentsOfDirectory(atPath: catalog.workspace.path("output/snapshots"))
            let result = try await catalog.render(
                "--page-size", "1", "--now", Self.later, "--keep-snapshots", "2", "--keep-for", "0s", "--json")
            let pruned = try json(result)["pruned"]?.array?.compactMap(\.string) ?? []
            #expect(Set(pruned).isSubset(of: kept))
            #expect(pruned.count == kept.count - 1)
            let left = try json(try await run(["list", "--json"], catalog))["snapshots"]?.array
            #expect(left?.count == 2)
        }
    }

    @Test("what cannot be removed is told, and does not keep anything from being published")
    func leftovers() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let workspace = catalog.workspace
            try workspace.write("of another", to: "output/snapshots/.tmp-1/locked/file")
            let locked = workspace.path("output/snapshots/.tmp-1/locked")
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: locked)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: locked) }
            let result = try await catalog.render(launcher: BuiltProgram.withoutPrivileges)
            #expect(result.ending == .exit(0))
            #expect(result.output.hasPrefix("published snapshot "))
            #expect(
                result.log.contains {
                    $0.contains(#""event":"prune_failed","problem":"cannot remove snapshots/.tmp-1/locked/file "#)
                })
            let back = try await BuildProgram().run(
                ["rollback", try #require(try workspace.servedID()), "--output", workspace.output],
                launcher: BuiltProgram.withoutPrivileges)
            #expect(back.ending == .exit(0))
        }
    }

    @Test("any time is long enough to keep snapshots")
    func keepForEver() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            for size in 1...3 {
                try await catalog.publish("--page-size", "\(size)", "--keep-for", "300000000d", "--keep-snapshots", "2")
            }
            #expect(try json(try await run(["list", "--json"], catalog))["snapshots"]?.array?.count ?? 0 >= 2)
        }
    }

    @Test("--if-stale that renders nothing still tells what is served")
    func staleFigures() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let result = try await catalog.render("--if-stale")
            #expect(result.output.contains("2 live courses of 3, 5 runs"))
            #expect(result.log.last?.hasSuffix(#""pruned":0,"courses":2,"programs":2,"warnings":2}"#) == true)
            #expect(result.log.last?.contains(#""files":"#) == false)
        }
    }

    @Test("--metrics writes the figures of the run, of a failed one too, and when the last success was")
    func metrics() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let file = catalog.workspace.path("build.prom")
            try await catalog.publish("--metrics", file)
            let text = try catalog.workspace.text("build.prom")
            let labels = #"{program="mitxonline-build",command="render"}"#
            func value(_ name: String, in text: String) -> String? {
                text.split(separator: "\n").first { $0.hasPrefix("mitxonline_run_\(name)\(labels) ") }
                    .flatMap { $0.split(separator: " ").last }.map(String.init)
            }
            #expect(value("status", in: text) == "0")
            #expect(value("courses", in: text) == "2")
            #expect(value("success_timestamp_seconds", in: text) == value("end_timestamp_seconds", in: text))
            #expect(text.contains("\n# TYPE mitxonline_run_files_written gauge\n"))
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o644)

            try await catalog.execute("DROP TABLE courses_relatedprogram")
            let failed = try await catalog.render("--metrics", file)
            #expect(failed.ending == .exit(65))
            let after = try catalog.workspace.text("build.prom")
            #expect(value("status", in: after) == "65")
            #expect(value("courses", in: after) == nil)
            #expect(value("success_timestamp_seconds", in: after) == value("success_timestamp_seconds", in: text))
            let names = try FileManager.default.contentsOfDirectory(atPath: catalog.workspace.path)
            #expect(names.filter { $0.hasPrefix("build.prom") } == ["build.prom"])
        }
    }

    @Test("metrics that cannot be written are logged and do not change how the run ends")
    func noMetrics() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let result = try await catalog.render("--metrics", "/nowhere/build.prom")
            #expect(result.ending == .exit(0))
            #expect(
                result.log.last
                    == #"{"level":"error","program":"mitxonline-build","command":"render","event":"metrics_failed","#
                    + #""problem":"/nowhere/build.prom cannot be created: No such file or directory"}"#)
        }
    }
}
