import Bytes
import Catalog
import Foundation
import Records
import Snapshot
import Support
import Testing

/// The preview of a fixture's drafts.
struct PreviewedFixture {
    let preview: Preview
    let drafted: DraftedCatalog
    let catalog: CourseCatalog

    /// The preview of `fixture` from a database of `engine`.
    init(
        _ fixture: Fixture, from engine: Engine, at now: Timestamp = FixtureF.now,
        hasMedia: @escaping @Sendable (String) -> Bool = { _ in true }
    ) async throws {
        let (data, drafts) = try await withDatabase(engine, .tablesWithoutForeignKeys) { test in
            try await test.database.write { session in try fixture.load(into: &session) }
            return try await test.database.read { session in
                (try CatalogReader.read(&session), try DraftReader.read(&session))
            }
        }
        catalog = try CourseCatalog(data)
        drafted = try DraftedCatalog(data, drafts: drafts)
        let settings = FixtureF.settings()
        let report = try await CatalogReport.of(catalog, at: now, settings: settings)
        preview = try Preview(
            Preview.Source(drafted, report: report, hasMedia: hasMedia), at: now, settings: settings,
            site: try RepositoryTemplates.all.get())
    }

    /// The text of the file at `path` below the preview's root.
    func text(_ path: String) throws -> String {
        let artifact = try #require(preview.artifacts.first { $0.path == "preview/\(path)" }, "no file at \(path)")
        return String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
    }

    func page(_ id: Int) throws -> DraftPage {
        try #require(drafted.pages.first { $0.draft.pageID == id }, "page \(id) has no draft")
    }

    /// What the draft of a page changes: `field: live -> draft`.
    func changes(_ id: Int) throws -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: try page(id).changes.map {
                ($0.name, "\($0.live.compactText) -> \($0.draft.compactText)")
            })
    }
}

extension Fixture {
    /// Fixture F whose page `id` has the draft `content`.
    static func f(
        draftOf id: Int, _ content: String, live: Bool = true, revision: Int = 500,
        created: String = "2026-11-20 08:30:00+00"
    ) throws -> Fixture {
        var fixture = try Fixture.f()
        try fixture.addDraft(of: id, content, live: live, revision: revision, created: created)
        return fixture
    }

    mutating func addDraft(
        of id: Int, _ content: String, live: Bool = true, revision: Int = 500,
        created: String = "2026-11-20 08:30:00+00", objectID: Int? = nil
    ) throws {
        try set(
            "wagtailcore_page", id,
            ["has_unpublished_changes": "t", "latest_revision_id": "\(revision)", "live": live ? "t" : "f"])
        try insert(
            "wagtailcore_revision",
            [
                "id": "\(revision)", "created_at": created, "content": content,
                "approved_go_live_at": "2027-02-01 06:00:00+00", "object_id": "\(objectID ?? id)", "user_id": "77",
                "content_type_id": "37", "base_content_type_id": "1", "object_str": "",
            ])
    }
}
