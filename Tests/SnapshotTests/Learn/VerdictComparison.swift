import Bytes
import Catalog
import Snapshot
import Support
import Testing

/// Holds the verdicts on a catalog against what the simulated import makes of the rendered documents.
struct VerdictComparison {
    let catalog: CourseCatalog
    var now = FixtureF.now
    var settings = FixtureF.settings()

    /// Records an issue for every difference.
    ///
    /// - Returns: the report.
    @discardableResult func run(sourceLocation: SourceLocation = #_sourceLocation) async throws -> CatalogReport {
        let documents = RenderedCatalog(await SnapshotRenderer.render(catalog, at: now, settings: settings))
        let loaded = try LearnImport(
            coursesURL: "\(settings.siteBaseURL)/api/internal/courses/",
            programsURL: "\(settings.siteBaseURL)/api/v2/programs/", now: now, learnBaseURL: settings.learnBaseURL,
            get: documents.learnGet)
        let report = try await CatalogReport.of(catalog, at: now, settings: settings)
        #expect(report.courses.count == catalog.courses.count, sourceLocation: sourceLocation)
        #expect(report.programs.count == catalog.programs.count, sourceLocation: sourceLocation)
        for verdict in report.courses {
            let stored = loaded.course(verdict.readableID)
            #expect((stored == nil) == (verdict.state == .leftOut), "\(verdict)", sourceLocation: sourceLocation)
            if let stored { compare(verdict, stored, sourceLocation) }
        }
        for verdict in report.programs {
            let stored = loaded.programs.first { $0.id == verdict.id }
            #expect((stored == nil) == (verdict.state == .leftOut), "\(verdict)", sourceLocation: sourceLocation)
            guard let stored else { continue }
            compare(verdict, stored, sourceLocation)
            let lookups = try stored.lookups { try documents.learnGet("/api/internal/courses/\($0)/?live=True") }
            #expect(
                verdict.courses.map { "\($0.id) \($0.lookup)" } == lookups.map { "\($0.courseID) \($0.lookup)" },
                "\(verdict.readableID)", sourceLocation: sourceLocation)
            let known = Set(loaded.programs.map(\.id))
            #expect(
                verdict.programs.map { $0.lookup == .accepted } == stored.programIDs.map(known.contains),
                "\(verdict.readableID)", sourceLocation: sourceLocation)
        }
        return report
    }

    private func compare(_ verdict: LearnCourseVerdict, _ stored: LearnCourse, _ location: SourceLocation) {
        func expect<Value: Equatable>(_ told: Value, _ found: Value, _ what: String) {
            #expect(told == found, "\(verdict.readableID): \(what)", sourceLocation: location)
        }
        expect(verdict.title, stored.title, "title")
        expect(verdict.state == .published, stored.isPublished, "published")
        expect(verdict.state == .testMode, stored.isTestMode, "test mode")
        expect(verdict.reasons.isEmpty, stored.isPublished, "reasons")
        expect(verdict.url, stored.url, "URL")
        expect(verdict.certificate.rawValue, stored.certificationType.rawValue, "certificate")
        expect(verdict.certificate != .none, stored.hasCertification, "certification")
        expect(verdict.hasDescription, !stored.description.allSatisfy(\.isWhitespace), "description")
        expect(verdict.image, stored.image, "image")
        expect(verdict.instructors, stored.instructors, "instructors")
        expect(verdict.topics, stored.topics, "topics")
        expect(verdict.departments, stored.departments, "departments")
        expect(verdict.courseNumbers, stored.courseNumbers, "course numbers")
        expect(verdict.availability, stored.availability, "availability")
        expect(verdict.minimumWeeklyHours, stored.minimumWeeklyHours, "least hours")
        expect(verdict.maximumWeeklyHours, stored.maximumWeeklyHours, "most hours")
        expect(verdict.runs.map(\.coursewareID), stored.runs.map(\.runID), "runs")
        for (told, found) in zip(verdict.runs, stored.runs) { compare(told, found, location) }
    }

    private func compare(_ verdict: LearnRunVerdict, _ stored: LearnRun, _ location: SourceLocation) {
        func expect<Value: Equatable>(_ told: Value, _ found: Value, _ what: String) {
            #expect(told == found, "\(verdict.coursewareID): \(what)", sourceLocation: location)
        }
        expect(verdict.title, stored.title, "title")
        expect(verdict.isPublished, stored.isPublished, "published")
        expect(verdict.variant.map { "\($0)" }, stored.variant.map { "\($0)" }, "variant")
        expect(verdict.isFullyEnrollable, stored.isFullyEnrollable, "fully enrollable")
        expect(verdict.status.rawValue, stored.status.rawValue, "status")
        expect(verdict.prices, stored.prices, "prices")
        expect(verdict.start, stored.start, "start")
        expect(verdict.end, stored.end, "end")
        expect(verdict.isCertifying, stored.isCertifying, "certifying")
    }

    private func compare(_ verdict: LearnProgramVerdict, _ stored: LearnProgram, _ location: SourceLocation) {
        func expect<Value: Equatable>(_ told: Value, _ found: Value, _ what: String) {
            #expect(told == found, "\(verdict.readableID): \(what)", sourceLocation: location)
        }
        expect(verdict.title, stored.title, "title")
        expect(verdict.readableID, stored.readableID, "readable id")
        expect(verdict.state == .published, stored.isPublished, "published")
        expect(verdict.reasons.isEmpty, stored.isPublished, "reasons")
        expect(verdict.url, stored.url, "URL")
        expect(verdict.isShownAsCourse, stored.isShownAsCourse, "shown as a course")
        expect(verdict.courses.map(\.id), stored.courseIDs, "courses")
        expect(verdict.programs.map(\.id), stored.programIDs, "programs")
        expect(verdict.topics, stored.topics, "topics")
        expect(verdict.departments, stored.departments, "departments")
        expect(verdict.start, stored.start, "start")
    }
}
