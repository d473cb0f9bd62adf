import Bytes
import Catalog
import Foundation
import Records
import Snapshot
import Support
import Testing

@Suite("Every page of whole sites")
struct WholeSiteTests {
    @Test("the sample catalog: every page has one title and first heading, and no id twice")
    func sample() async throws {
        let folder = URL(filePath: Repository.path("Samples/catalog"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        let files = try names.filter { $0.hasSuffix(".csv") }.map { name in
            try TableFile(name: name, bytes: Array(Data(contentsOf: folder.appending(path: name))))
        }
        let data = try await withDatabase(.sqlite) { test in
            try await test.database.write { session in
                _ = try CatalogImport.load(files, into: &session)
                return try CatalogReader.read(&session)
            }
        }
        try await check(data, atLeast: 150)
    }

    @Test("a made-up catalog: the same")
    func synthetic() async throws {
        let data = try await withDatabase(.sqlite, .nothing) { test in
            try await SyntheticCatalog(courses: 60).write(to: test.locator)
            return try await test.database.read { try CatalogReader.read(&$0) }
        }
        try await check(data, atLeast: 100)
    }

    private func check(_ data: CatalogData, atLeast minimum: Int) async throws {
        let rendering = try await SnapshotRenderer.render(
            CourseCatalog(data), at: FixtureF.now, settings: FixtureF.settings(), site: RepositoryTemplates.all.get())
        let pages = rendering.publicArtifacts.filter { $0.path.hasSuffix(".html") }
        #expect(pages.count >= minimum)
        for artifact in pages {
            let page = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(page.count(of: "<title>") == 1, "in \(artifact.path)")
            #expect(page.count(of: "<h1") == 1, "in \(artifact.path)")
            let ids = page.ids
            #expect(Set(ids).count == ids.count, "in \(artifact.path): \(ids.sorted())")
            #expect(!page.contains("href=\"\"") && !page.contains("src=\"\""), "in \(artifact.path)")
            #expect(!page.contains("></h2>") && !page.contains("<dd></dd>"), "in \(artifact.path)")
            for anchor in page.components(separatedBy: "href=\"#").dropFirst().map({ $0.prefix { $0 != "\"" } }) {
                #expect(ids.contains(String(anchor)), "in \(artifact.path): #\(anchor)")
            }
        }
    }
}
