import Bytes
import Catalog
import Snapshot
import Support

/// The renderings that recorded answers are compared with: in strict, with the settings of `Tests/Fixtures/README.md`.
struct GoldenRenderings {
    private let catalog: CourseCatalog
    private var byPageSize: [Int: RenderedCatalog] = [:]

    init(_ engine: Engine) async throws {
        catalog = try CourseCatalog(await Fixture.golden().read(from: engine))
    }

    /// The rendering whose lists have that many items a page; nil for one page.
    mutating func rendered(pageSize: Int?) async throws -> RenderedCatalog {
        let size = pageSize ?? 100
        if let known = byPageSize[size] { return known }
        let rendered = try await Self.rendered(catalog, pageSize: size)
        byPageSize[size] = rendered
        return rendered
    }

    private static func rendered(_ catalog: CourseCatalog, pageSize: Int) async throws -> RenderedCatalog {
        var settings = RenderSettings(
            siteBaseURL: "http://mitxonline.example.org", learnBaseURL: "https://learn.mit.edu",
            coursewareBaseURL: "https://courses.example.org")
        settings.compatibility = .strict
        settings.pageSize = pageSize
        settings.howYoullLearn = try recordedTexts()
        guard let now = Timestamp("2026-09-15T14:30:00Z") else { throw GoldenError() }
        return RenderedCatalog(await SnapshotRenderer.render(catalog, at: now, settings: settings))
    }

    private struct GoldenError: Error {}

    /// MITx Online's own texts, which the answers carry and this project does not.
    private static func recordedTexts() throws -> [HowYoullLearn: String] {
        let file = try FixtureFiles.json("golden/how-youll-learn.json")
        return Dictionary(
            HowYoullLearn.allCases.compactMap { way in file[way.rawValue]?.string.map { (way, $0) } }
        ) { first, _ in first }
    }
}
