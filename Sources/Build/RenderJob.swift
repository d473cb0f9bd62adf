import Bytes
import CLinux
import Catalog
import Command
import Publisher
import Records
import Snapshot
import Store

/// One render, from the database to the output.
struct RenderJob: Sendable {
    private let invocation: Invocation
    private let now: Timestamp
    private let settings: RenderSettings
    private let database: Database
    /// The templates of the HTML site; nil when it is not written.
    private let site: SiteTemplates?
    /// The media storage; nil when something else serves its files.
    private let media: MediaFolder?

    /// What one render came to.
    struct Result {
        /// Nil when nothing was rendered, since the output is another process's or up to date.
        var rendering: Rendering?
        /// Nil when nothing was to be published, or could be.
        var outcome: PublishOutcome?
        /// Nil when nothing was to be published.
        var output: String?
        /// How many statements the database was sent.
        var statements = 0
    }

    /// What the database answered, and the digest of it, of the settings and the program.
    private struct Input: Sendable {
        let rows: HandOver<RowRecording>
        let digest: Digest
        let statements: Int
    }

    /// The steps that a terminal shows before files are written: reading, rendering, validating.
    private static let steps = 3

    /// - Parameter media: the media storage; nil when nothing is to be taken from it.
    init(_ invocation: Invocation, now: Timestamp, media: MediaFolder? = nil) throws {
        self.invocation = invocation
        self.now = now
        settings = try RenderSettings(invocation)
        // A comparison with the existing application is about documents alone.
        let hasSite = try invocation[BuildSettings.html] && settings.compatibility == .improved
        site = hasSite ? try TemplateFolder(invocation[BuildSettings.templates]).read() : nil
        self.media = media
        database = try Database(try invocation[BuildSettings.database], environment: invocation.environment)
    }

    /// Renders and validates, and publishes nothing.
    func check() async throws -> Result {
        try await invocation.log.progress("rendering", total: Self.steps) { bar in
            let input = try await read()
            bar.advance()
            let rendering = try await render(input)
            bar.advance()
            let finished = try await finish(rendering)
            return Result(rendering: finished.rendering, statements: input.statements)
        }
    }

    /// Renders in memory, and reports what MIT Learn will make of the catalog and what is odd in it.
    func report() async throws -> CatalogReport {
        let input = try await read()
        try Task.checkCancellation()
        return try await CatalogReport.of(try catalog(of: input), at: now, settings: settings, site: site)
    }

    /// Renders and publishes into `store`.
    ///
    /// - Parameter ifStale: whether to end after reading when a kept snapshot is what a render would give.
    func publish(into store: SnapshotStore, options: PublishOptions, ifStale: Bool) async throws -> Result {
        guard let output = try store.locked() else { return Result(output: store.directory) }
        return try await invocation.log.progress("rendering", total: Self.steps) { bar in
            let input = try await read()
            bar.advance()
            if ifStale, let outcome = try outcome(without: input, output, options, in: store) {
                return Result(outcome: outcome, output: store.directory, statements: input.statements)
            }
            return try await publish(input, into: output, of: store, options: options, bar)
        }
    }

    /// The outcome of a render that need not take place; nil when it must.
    private func outcome(
        without input: Input, _ output: LockedOutput, _ options: PublishOptions, in store: SnapshotStore
    ) throws(Failure) -> PublishOutcome? {
        try store.saying { () throws(PublishError) in
            try output.outcomeWithoutRender(of: input.digest, at: now, options: options, pass: pass)
        }
    }

    private func publish(
        _ input: Input, into output: LockedOutput, of store: SnapshotStore, options: PublishOptions,
        _ bar: ProgressBar
    ) async throws -> Result {
        let spill = output.spillFile()
        var rendering = try await render(input, keepingIn: spill)
        bar.advance()
        // The rows are more than half of the memory in use; the allocator would keep what they leave behind.
        malloc_trim(0)
        let snapshot: FinishedSnapshot
        (snapshot, rendering) = try await finish(rendering, spill: spill, in: (store, output))
        bar.advance()
        let document = SnapshotDocument(
            compat: settings.compatibility.rawValue, renderedAt: now, nextChangeAt: rendering.nextChange,
            inputDigest: input.digest, counts: rendering.counts, warnings: rendering.warnings)
        try Task.checkCancellation()
        let outcome = try await invocation.log.progress("publishing", total: snapshot.files.count) { bar in
            try await store.saying { () async throws(PublishError) in
                try await output.publish(snapshot, document: document, options: options, spill: spill) { step in
                    if step == .file { bar.advance() }
                    pass(step)
                }
            }
        }
        return Result(rendering: rendering, outcome: outcome, output: store.directory, statements: input.statements)
    }

    /// Reads the database once, as it stands; what the rows mean is made out only if they are rendered.
    private func read() async throws -> Input {
        let (rows, statements) = try await database.read { session in
            let rows = try session.record { session in _ = try CatalogReader.read(&session) }
            return (rows, session.statementCount)
        }
        return Input(
            rows: HandOver(rows), digest: try InputDigest.of(rows: rows.digest, settings: settings, site: site),
            statements: statements)
    }

    private func render(_ input: Input, keepingIn store: SpillFile? = nil) async throws -> Rendering {
        try Task.checkCancellation()
        return try await SnapshotRenderer.render(
            try catalog(of: input), at: now, settings: settings, site: site, keepingIn: store)
    }

    /// What the rows mean; they are let go of.
    private func catalog(of input: Input) throws -> CourseCatalog {
        guard let rows = input.rows.take() else { throw Failure(.bug, "the rows were read already") }
        let catalog = try CourseCatalog(try rows.replay { session in try CatalogReader.read(&session) })
        // The existing application serves such a program; a comparison with it needs the document.
        if settings.compatibility == .improved { try catalog.checkRequirements() }
        return catalog
    }

    /// Follows the links of the pages, takes in the media that they show, and validates the files while their digests are
    /// computed.
    ///
    /// - Parameter output: where the snapshot is to go, and what was published there before.
    private func finish(
        _ rendering: Rendering, spill: SpillFile? = nil, in output: (store: SnapshotStore, locked: LockedOutput)? = nil
    ) async throws -> (snapshot: FinishedSnapshot, rendering: Rendering) {
        try Task.checkCancellation()
        let links = await PageLinks(root: "public", in: rendering.publicArtifacts)
            .findings(in: rendering.publicArtifacts)
        let files = SnapshotMedia(
            rendering.media, shownAt: links.media, root: "public", from: media,
            knownFrom: output.flatMap { KnownFiles(servedBy: $0.locked) })
        let check = SnapshotCheck(
            linkOrigin: settings.relativeLinks ? "" : settings.siteBaseURL,
            enforcesLimits: settings.compatibility == .improved)
        async let publicProblems = check.problems(in: rendering.publicArtifacts)
        async let internalProblems = check.problems(in: rendering.internalArtifacts)
        async let snapshot = try FinishedSnapshot(rendering.artifacts + files.artifacts)
        let problems = await publicProblems + internalProblems + links.problems
        // What could not be read back is nothing to judge.
        try output?.store.saying { () throws(PublishError) in try spill?.check() }
        guard let first = problems.first else { return (try await snapshot, rendering.adding(files.warnings)) }
        let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
        throw Failure(.data, "the snapshot is not sound, nothing was published: \(first)\(more)")
    }

    private func pass(_ step: PublishStep) {
        invocation.faults.pass(FaultPoint(step))
    }
}
