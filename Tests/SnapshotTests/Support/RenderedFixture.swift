import Bytes
import Catalog
import Snapshot
import Support
import Testing

/// The settings and the clock of the acceptance cases (`spec/catalog.md` §14).
enum FixtureF {
    static let now = Timestamp(microseconds: 1_795_466_700_000_000)

    static func settings(_ compatibility: Compatibility = .improved) -> RenderSettings {
        var settings = RenderSettings(
            siteBaseURL: "https://mitxonline.mit.edu", learnBaseURL: "https://learn.mit.edu",
            coursewareBaseURL: "http://edx.odl.local:18000")
        settings.compatibility = compatibility
        return settings
    }
}

/// A catalog as a database of one engine gave it, to be rendered in as many ways as a case needs.
struct ReadFixture {
    let data: CatalogData
    let catalog: CourseCatalog

    /// Fixture F after `edit`.
    init(_ engine: Engine, _ edit: (inout Fixture) throws -> Void = { _ in }) async throws {
        var fixture = try Fixture.f()
        try edit(&fixture)
        try await self.init(fixture, from: engine)
    }

    init(_ fixture: Fixture, from engine: Engine) async throws {
        data = try await fixture.read(from: engine)
        catalog = try CourseCatalog(data)
    }

    func rendered(
        _ compatibility: Compatibility = .improved, at now: Timestamp = FixtureF.now,
        _ change: (inout RenderSettings) -> Void = { _ in }
    ) async -> RenderedCatalog {
        var settings = FixtureF.settings(compatibility)
        change(&settings)
        return RenderedCatalog(await SnapshotRenderer.render(catalog, at: now, settings: settings))
    }
}

/// The documents of a rendering by path and by URL.
struct RenderedCatalog {
    /// What stands for the snapshot's id.
    static let snapshotID = "0123456789abcdef"

    let rendering: Rendering
    private let bodies: [String: ArtifactBody]

    init(_ rendering: Rendering) {
        self.rendering = rendering
        bodies = Dictionary(rendering.artifacts.map { ($0.path, $0.body) }) { first, _ in first }
    }

    /// Fixture F after `edit`, from a database of `engine`.
    init(
        _ engine: Engine, _ compatibility: Compatibility = .improved, at now: Timestamp = FixtureF.now,
        _ edit: (inout Fixture) throws -> Void = { _ in }
    ) async throws {
        self = try await ReadFixture(engine, edit).rendered(compatibility, at: now)
    }

    /// The paths of all files, sorted.
    var paths: [String] { bodies.keys.sorted() }

    /// The bytes of the file at `path`, which begins with its root; nil when there is none.
    func bytes(at path: String) -> [UInt8]? {
        bodies[path]?.bytes(snapshotID: Self.snapshotID)
    }

    /// Whether there is a document for the URL path.
    func serves(_ url: String) -> Bool { bodies[Self.path(url)] != nil }

    /// The bytes that a server answers a request for the URL path with.
    func body(_ url: String) throws -> [UInt8] {
        try #require(bytes(at: Self.path(url)), "no document for \(url)")
    }

    /// The document for the URL path.
    func document(_ url: String) throws -> JSONValue {
        try JSONValue(parsing: body(url))
    }

    /// The codes of the warnings with the rows they are about, sorted: `source-run-open courses_courserun 4`.
    var warnings: [String] {
        rendering.warnings.map { "\($0.code) \($0.table) \($0.id)" }.sorted()
    }

    private static func path(_ url: String) -> String {
        let root = url.hasPrefix("/api/internal/") ? "internal" : "public"
        return root + url + "index.json"
    }
}
