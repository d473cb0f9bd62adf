import Bytes
import Catalog
import Records
import Support
import Testing

@testable import Snapshot

@Suite("What the search of the catalog knows")
struct SearchIndexTests {
    /// What the script hands over.
    private func index(_ site: RenderedSite) throws -> JSONValue {
        let script = try site.text("/catalog/index.js")
        #expect(script.hasPrefix("catalogIndex(") && script.hasSuffix(");\n"))
        return try JSONValue(parsing: Array(script.utf8.dropFirst("catalogIndex(".utf8.count).dropLast(3)))
    }

    @Test("are the catalog's courses and programs, with the topics above their own")
    func content() async throws {
        let index = try index(try await ReadFixture(.sqlite).renderedSite())
        #expect(
            index.at("/courses")
                == #"[["Algorithms one","",0,0,[0,1],[0,1,2,3],[0,1],0]]"#)
        #expect(index.at("/topics/*/0") == #"["algorithms","computer-science","genetics","biology-life"]"#)
        #expect(index.at("/departments/*/1") == #"["Electrical Engineering and Computer Science","Biology"]"#)
        #expect(index.at("/people") == #"["Alan Turing","Ada Lovelace"]"#)
        #expect(index.at("/imageBase") == #""media/original_images/dome.png?v=ab12""#)
        #expect(index.at("/images") == #"[""]"#)
        #expect(index.at("/ids/courses") == #""course-v1:MITx+6.100x""#)
        #expect(index.at("/ids/programs") == #""program-v1:MITx+P""#)
        #expect(index.at("/notes") == #"["Start Anytime","Series","MicroMasters®"]"#)
        #expect(index.at("/programs/*/1") == #"["2","1"]"#)
    }

    @Test("leave out people whose pages only some may read")
    func restrictedPeople() async throws {
        let index = try index(
            try await ReadFixture(.sqlite) { try $0.set("wagtailcore_page", 11, ["live": "f"]) }.renderedSite())
        #expect(index.at("/people") == #"["Alan Turing"]"#)
    }

    @Test("takes at most 140 bytes a course")
    func size() async throws {
        let data = try await withDatabase(.sqlite, .nothing) { test in
            try await SyntheticCatalog(courses: 500).write(to: test.locator)
            return try await test.database.read { session in try CatalogReader.read(&session) }
        }
        let site = RenderedSite(
            rendering: try await SnapshotRenderer.render(
                try CourseCatalog(data), at: FixtureF.now, settings: FixtureF.settings(),
                site: try RepositoryTemplates.all.get()))
        let bytes = try site.text("/catalog/index.js").utf8.count
        #expect((10_000...70_000).contains(bytes), "\(bytes) bytes")
    }

    @Test("is read by a script of at most 8.5 KB")
    func script() throws {
        let assets = try RepositoryTemplates.all.get().assets
        let script = try #require(assets.first { $0.path == "catalog.js" })
        #expect(script.bytes.count <= 8704)
        let styles = try #require(assets.first { $0.path == "site.css" })
        #expect(styles.bytes.count < 40_000)
    }
}
