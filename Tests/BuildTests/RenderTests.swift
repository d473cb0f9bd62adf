import Bytes
import Foundation
import Support
import Testing

@Suite("render")
struct RenderTests {
    @Test(
        "publishes a snapshot and says what it holds; a second time there is nothing to do", arguments: Engine.allCases)
    func twice(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            let first = try await catalog.render()
            let id = try #require(try catalog.workspace.servedID())
            let size = try SnapshotSize(catalog.workspace.path("output/snapshots/\(id)"))
            let output = catalog.workspace.output
            let details = """
                  2 live courses of 3, 5 runs, 2 programs, 2 departments, 1 program collection
                  2 warnings (\(output)/current/snapshot.json lists them)
                  next change by the clock alone: 2099-09-01T14:00:00Z
                  look at \(output)/current/public/index.html

                """
            #expect(
                first.timelessOutput
                    == "published snapshot \(id): \(size.names) files, \(size.bytes) bytes in 0 s\n" + details)
            let warning =
                #"{"level":"warning","program":"mitxonline-build","command":"render","event":"catalog_warning","#
            let finished =
                #"{"level":"info","program":"mitxonline-build","command":"render","event":"finished","status":0,"#
            let catalogCounts = #""purge_keys":0,"pruned":0,"courses":2,"programs":2,"warnings":2}"#
            #expect(
                first.log == [
                    warning
                        + #""code":"source-run-open","table":"courses_courserun","id":"4","text":"Is a source run "#
                        + #"that is open, which MIT Learn publishes as an ordinary run; close its enrollment."}"#,
                    warning
                        + #""code":"no-open-run","table":"courses_course","id":"2","text":"Shall be listed by MIT "#
                        + #"Learn but has no open run; open a run or take it out of the catalog."}"#,
                    finished
                        + #""seconds":0,"outcome":"published","snapshot_id":"\#(id)","files":\#(size.names),"#
                        + #""files_written":\#(size.files),"files_kept":0,"bytes_written":\#(size.bytes),"#
                        + catalogCounts,
                ])
            #expect(first.ending == .exit(0))

            let before = try catalog.workspace.tree()
            let second = try await catalog.render()
            #expect(second.timelessOutput == "unchanged: snapshot \(id) is served already (0 s)\n" + details)
            #expect(
                second.log == [
                    finished
                        + #""seconds":0,"outcome":"unchanged","snapshot_id":"\#(id)","files":\#(size.names),"#
                        + #""files_written":0,"files_kept":0,"bytes_written":0,"# + catalogCounts
                ])
            #expect(second.ending == .exit(0))
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("of a full database publishes every document, on both engines", arguments: Engine.allCases)
    func golden(engine: Engine) async throws {
        try await withCatalog(engine, .golden()) { catalog in
            let result = try await catalog.render("--json")
            #expect(result.ending == .exit(0))
            let report = try JSONValue(parsing: Array(result.output.utf8))
            #expect(report["counts"]?["courses_live"]?.int == 14)
            #expect(report["counts"]?["courses_all"]?.int == 15)
            #expect(report["counts"]?["runs_internal"]?.int == 31)
            #expect(report["counts"]?["departments"]?.int == 7)
            let warnings = try #require(report["warnings"]?.array)
            #expect(warnings.count == result.log.count - 1)
            #expect(try catalog.workspace.json("output/current/snapshot.json")["warnings"]?.array == warnings)
        }
    }

    @Test("--json prints one object, of the same content as snapshot.json")
    func json() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let first = try await catalog.render("--json", "--log-level", "error")
            #expect(first.errors == "")
            #expect(first.output.hasSuffix("}\n"))
            let report = try JSONValue(parsing: Array(first.output.utf8))
            guard case .object(let members) = report else {
                Issue.record("not an object")
                return
            }
            #expect(
                members.map(\.key) == [
                    "outcome", "snapshot_id", "previous_snapshot_id", "files", "files_written", "files_kept",
                    "bytes_written", "statements", "next_change_at", "counts", "warnings", "purge", "pruned",
                    "milliseconds",
                ])
            let id = try #require(try catalog.workspace.servedID())
            #expect(report["outcome"] == .string("published"))
            #expect(report["snapshot_id"] == .string(id))
            #expect(report["previous_snapshot_id"] == .null)
            let document = try catalog.workspace.json("output/current/snapshot.json")
            for key in ["snapshot_id", "next_change_at", "counts", "warnings"] { #expect(report[key] == document[key]) }
            #expect(document["rendered_at"] == .string(BuildProgram.now))
            #expect(document["compat"] == .string("improved"))

            let second = try await catalog.render("--json", "--now", "2100-01-01T00:00:00Z")
            let next = try JSONValue(parsing: Array(second.output.utf8))
            #expect(next["outcome"] == .string("published"))
            #expect(next["previous_snapshot_id"] == .string(id))
            let third = try await catalog.render("--json")
            let back = try JSONValue(parsing: Array(third.output.utf8))
            #expect(back["outcome"] == .string("switched"))
            #expect(back["snapshot_id"] == .string(id))
            // What the snapshot says about itself is told anew.
            #expect(back["files_written"] == .number("1"))
            #expect(try catalog.workspace.servedID() == id)
        }
    }

    @Test("--check validates and writes nothing", arguments: [true, false])
    func check(hasSnapshot: Bool) async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            if hasSnapshot { try await catalog.publish("--now", "2100-01-01T00:00:00Z") }
            let before = try catalog.workspace.tree(".")
            let result = try await catalog.render("--check", "--log-level", "error")
            #expect(
                result.timelessOutput.replacing(/checked \d+ files/, with: "checked # files") == """
                    checked # files in 0 s, published nothing
                      2 live courses of 3, 5 runs, 2 programs, 2 departments, 1 program collection
                      2 warnings
                      next change by the clock alone: 2099-09-01T14:00:00Z

                    """)
            #expect(result.errors == "")
            #expect(result.ending == .exit(0))
            #expect(try catalog.workspace.tree(".") == before)
        }
    }

    @Test("--page-size 2: next leads through the pinned snapshot to each item once, previous back again")
    func pages() async throws {
        try await withCatalog(.sqlite, .golden()) { catalog in
            try await catalog.publish("--page-size", "2")
            let site = "https://mitxonline.mit.edu"
            for list in ["courses", "programs", "program-collections"] {
                let chain = try Chain(catalog.workspace, "public/api/v2/\(list)/index.json", site: site)
                #expect(chain.ids.count == chain.count, "\(list)")
                #expect(Set(chain.ids).count == chain.count, "\(list)")
                #expect(chain.pages == max(1, (chain.count + 1) / 2), "\(list)")
            }
            let chain = try Chain(
                catalog.workspace, "internal/api/internal/courses/index.json", site: site)
            #expect(chain.ids.count == 15)
            #expect(chain.pages == 8)
        }
    }

    @Test("CAT-30 --relative-links true: next leaves out scheme and host")
    func relativeLinks() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish("--relative-links", "true", "--page-size", "1")
            let id = try #require(try catalog.workspace.servedID())
            let page = try catalog.workspace.json("output/current/public/api/v2/courses/index.json")
            #expect(page["next"] == .string("/_s/\(id)/api/v2/courses/page/2/"))
            let chain = try Chain(catalog.workspace, "public/api/v2/courses/index.json", site: "")
            #expect(chain.ids == [1, 2])
        }
    }

    @Test("--pages false leaves out the documents of product pages and nothing else")
    func withoutPages() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let whole = try catalog.workspace.tree("output/current/")
            try await catalog.publish("--pages", "false")
            let parts = try catalog.workspace.tree("output/current/")
            let files = { (lines: [String]) in Set(lines.filter { $0.hasPrefix("file") && $0.contains("/api/") }) }
            let missing = files(whole).subtracting(files(parts))
            #expect(files(parts).isSubset(of: files(whole)))
            #expect(!missing.isEmpty)
            #expect(missing.allSatisfy { $0.contains(" public/api/v2/pages/") }, "\(missing)")
            #expect(!files(parts).contains { $0.contains("/pages/cms.") })
        }
    }

    @Test("--compat strict reproduces the flaws, and snapshot.json says so")
    func strict() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish("--compat", "strict")
            let workspace = catalog.workspace
            #expect(try workspace.json("output/current/snapshot.json")["compat"] == .string("strict"))
            let strict = try workspace.json("output/current/internal/api/internal/courses/1/index.json")
            #expect(strict["next_run_id"]?.int == 4)
            #expect(strict["courseruns"]?.array?.allSatisfy { $0["possible_variant_sets"] == nil } == true)
            try await catalog.publish()
            let improved = try workspace.json("output/current/internal/api/internal/courses/1/index.json")
            #expect(improved["next_run_id"]?.int == 2)
            #expect(improved["courseruns"]?.array?.allSatisfy { $0["possible_variant_sets"] != nil } == true)
        }
    }

    @Test("settings come from options, the environment and credentials, in this order")
    func settings() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let workspace = catalog.workspace
            try workspace.write("\(catalog.locator)\n", to: "credentials/DATABASE_URL")
            try workspace.write("https://credentials.example.org", to: "credentials/MITX_ONLINE_BASE_URL")
            let program = try BuildProgram([
                "CREDENTIALS_DIRECTORY": workspace.path("credentials"), "MITXONLINE_OUTPUT": workspace.output,
                "MITXONLINE_PAGE_SIZE": "50", "MITX_ONLINE_LOG_LEVEL": "error",
            ])
            let result = try await program.run(["render", "--page-size", "1", "--now", BuildProgram.now])
            #expect(result.ending == .exit(0))
            #expect(result.errors == "")
            let id = try #require(try workspace.servedID())
            let page = try workspace.json("output/current/public/api/v2/courses/index.json")
            #expect(page["next"] == .string("https://mitxonline.mit.edu/_s/\(id)/api/v2/courses/page/2/"))
        }
    }
}

/// How many names and files a snapshot has, and how many bytes; equal files share their bytes.
private struct SnapshotSize {
    /// The names in `files.tsv`.
    let names: Int
    /// The files, `files.tsv` and `snapshot.json` included.
    let files: Int
    let bytes: Int

    init(_ folder: String) throws {
        var sizes: [UInt64: Int] = [:]
        for below in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(below)")
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            let number = try #require(attributes[.systemFileNumber] as? NSNumber)
            sizes[number.uint64Value] = try #require(attributes[.size] as? NSNumber).intValue
        }
        files = sizes.count
        bytes = sizes.values.reduce(0, +)
        names = try String(contentsOfFile: "\(folder)/files.tsv", encoding: .utf8).count { $0 == "\n" }
    }
}

/// A list as a reader walks it: from its first page along `next`.
private struct Chain {
    private(set) var ids: [Int] = []
    private(set) var pages = 0
    let count: Int

    init(_ workspace: Workspace, _ path: String, site: String) throws {
        let id = try #require(try workspace.servedID())
        let root = path.prefix { $0 != "/" }
        var page = try workspace.json("output/current/\(path)")
        count = try #require(page["count"]?.int)
        while true {
            pages += 1
            ids += try #require(page["results"]?.array).compactMap { $0["id"]?.int }
            guard let next = page["next"]?.string else { break }
            let pinned = "\(site)/_s/\(id)/"
            try #require(next.hasPrefix(pinned), "\(next)")
            let before = page
            page = try workspace.json("output/snapshots/\(id)/\(root)/\(next.dropFirst(pinned.count))index.json")
            let previous = try #require(page["previous"]?.string)
            let back = try workspace.json(
                "output/snapshots/\(id)/\(root)/\(previous.dropFirst(pinned.count))index.json")
            #expect(back == before)
        }
    }
}
