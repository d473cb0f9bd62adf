import Bytes
import Catalog
import Command
import Publisher
import Records
import Snapshot
import Store

/// `mitxonline-build render`.
enum RenderCommand {
    private static let now = Option(
        "now", ValueType<Timestamp>.instant, "the instant that documents are rendered for, instead of the clock's")
    private static let check = Option(flag: "check", "render and validate, publish nothing")

    static let subcommand = Subcommand(
        "render", "Renders the catalog and publishes it as a snapshot",
        discussion: """
            The database is read once, in one read-only transaction. The snapshot is written beside the one that is served, \
            validated and then switched to; until then, and after any error, the one before stays.
            """,
        options: [now, check], settings: BuildSettings.ofRender, run: run)

    /// The steps of publishing.
    static let faultPoints = PublishStep.allCases.map(FaultPoint.init)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let start = invocation.time.steady()
        let now = try invocation[now] ?? invocation.time.now()
        let store = try store(invocation)
        let settings = try RenderSettings(invocation)
        let database = try Database(try invocation[BuildSettings.database], environment: invocation.environment)
        return try await invocation.log.progress("rendering", total: 4) { bar in
            let data = try await database.read { session in try CatalogReader.read(&session) }
            bar.advance()
            let rendering = try await render(data, at: now, settings: settings)
            bar.advance()
            let snapshot = try await finish(rendering, settings: settings)
            bar.advance()
            let outcome = try store.map { store in
                let document = SnapshotDocument(
                    compat: settings.compatibility.rawValue, renderedAt: now, nextChangeAt: rendering.nextChange,
                    counts: rendering.counts, warnings: rendering.warnings)
                return try publish(snapshot, document, into: store, faults: invocation.faults)
            }
            let report = RenderReport(
                rendering: rendering, outcome: outcome, output: store?.directory,
                duration: invocation.time.steady() - start)
            if outcome?.isNews ?? true { report.logWarnings(to: invocation.log) }
            try invocation.print(report.text) { report.write(into: &$0) }
            return Outcome(summary: report.fields)
        }
    }

    /// Where to publish; nil when nothing is to be published.
    private static func store(_ invocation: Invocation) throws -> SnapshotStore? {
        if try invocation[check] { return nil }
        guard let output = try invocation[BuildSettings.output] else {
            throw Failure(.usage, "output is not set: give --output PATH, or --check to publish nothing")
        }
        return SnapshotStore(directory: output)
    }

    private static func render(
        _ data: CatalogData, at now: Timestamp, settings: RenderSettings
    ) async throws -> Rendering {
        try Task.checkCancellation()
        let catalog = try CourseCatalog(data)
        // The existing application serves such a program; a comparison with it needs the document.
        if settings.compatibility == .improved { try catalog.checkRequirements() }
        return await SnapshotRenderer.render(catalog, at: now, settings: settings)
    }

    /// Validates the files while their digests are computed.
    private static func finish(_ rendering: Rendering, settings: RenderSettings) async throws -> FinishedSnapshot {
        try Task.checkCancellation()
        let check = SnapshotCheck(
            linkOrigin: settings.relativeLinks ? "" : settings.siteBaseURL,
            enforcesLimits: settings.compatibility == .improved)
        async let publicProblems = check.problems(in: rendering.publicArtifacts)
        async let internalProblems = check.problems(in: rendering.internalArtifacts)
        async let snapshot = FinishedSnapshot(rendering.artifacts)
        let problems = await publicProblems + internalProblems
        guard let first = problems.first else { return try await snapshot }
        let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
        throw Failure(
            .data, "the snapshot is not what MIT Learn can read, nothing was published: \(first)\(more)")
    }

    private static func publish(
        _ snapshot: FinishedSnapshot, _ document: SnapshotDocument, into store: SnapshotStore, faults: Faults
    ) throws -> PublishOutcome {
        try Task.checkCancellation()
        do {
            return try store.publish(snapshot, document: document) { step in faults.pass(FaultPoint(step)) }
        } catch {
            // The error speaks of paths in the output folder; whoever reads the log wants to know of which.
            throw Failure(.cannotCreate, "\(store.directory): \(error)")
        }
    }
}

extension FaultPoint {
    fileprivate init(_ step: PublishStep) {
        self.init("publish.\(step.rawValue)")
    }
}

extension PublishOutcome {
    /// Whether readers see something new.
    fileprivate var isNews: Bool { action == .published || action == .switched }
}
