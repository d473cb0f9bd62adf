import Bytes
import Catalog
import Support

@testable import Snapshot

/// Fixture F as the HTML site sees it.
struct SiteFixture {
    var context: RenderContext
    let plan: SitePlan

    /// Fixture F after `edit`, with settings after `change`.
    init(
        _ edit: (inout Fixture) throws -> Void = { _ in }, settings change: (inout RenderSettings) -> Void = { _ in }
    ) async throws {
        var settings = FixtureF.settings()
        change(&settings)
        let catalog = try await ReadFixture(.sqlite, edit).catalog
        context = RenderContext(catalog: catalog, now: FixtureF.now, settings: settings)
        let courses = context.inTitleOrder(catalog.courses, id: \.id, title: context.title)
        let programs = context.inTitleOrder(catalog.programs, id: \.id, title: context.title)
            .filter { $0.live && !$0.b2bOnly }
        plan = SitePlan(&context, courses: courses, programs: programs)
    }

    /// The machine-readable files about the site and about its courses.
    var files: [Artifact] {
        var context = context
        return SiteFiles.artifacts(&context, plan)
            + plan.courses.compactMap { CourseCalendar.artifact(of: $0, context, plan) }
    }

    /// The text of the machine-readable file at `path`; nil when there is none.
    func file(_ path: String) -> String? { files.first { $0.path == "public/\(path)" }?.text }

    var structuredData: StructuredData { StructuredData(context, plan: plan) }
}

extension Artifact {
    var text: String { String(decoding: body.bytes(snapshotID: ""), as: UTF8.self) }
}
