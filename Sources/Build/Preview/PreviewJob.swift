import Bytes
import Catalog
import Command
import Publisher
import Records
import Snapshot
import Store

/// Renders drafts, from the database into a store of their own.
struct PreviewJob: Sendable {
    let store: SnapshotStore
    let database: Database
    private let invocation: Invocation
    private let fixedNow: Timestamp?
    private let media: MediaFolder?
    private let mediaPath: String?

    /// What one render came to.
    struct Result: Sendable {
        /// What was done, in one word.
        let action: String
        let snapshotID: String?
        let draftCount: Int
        /// The drafts that cannot be shown, and why.
        let problems: [String]
        /// What the render was made from; nil when nothing was rendered.
        let input: Input?
        /// When the clock alone makes another render worth while.
        let nextChange: Timestamp?

        var isBusy: Bool { input == nil }
    }

    /// What a render depends on beside the clock: equal inputs give equal files.
    struct Input: Equatable, Sendable {
        let digest: Digest
    }

    init(_ invocation: Invocation, output: String, now: Timestamp?) throws {
        self.invocation = invocation
        fixedNow = now
        database = try Database(try invocation[BuildSettings.database], environment: invocation.environment)
        store = SnapshotStore(directory: "\(output)/\(Preview.root)")
        mediaPath = try invocation[BuildSettings.media]
        media = try mediaPath.map { (path) throws(PublishError) in try MediaFolder(path) }
    }

    /// The instant that pages are shown for.
    var now: Timestamp { fixedNow ?? invocation.time.now() }

    /// Renders and publishes.
    ///
    /// - Parameter known: what the preview that is there was made from; nothing is rendered from the same again.
    func render(unlessFrom known: Input? = nil) async throws -> Result {
        // With the file of texts, which may have changed since the last render.
        let settings = try RenderSettings(ofSite: invocation)
        let site = try TemplateFolder(invocation[BuildSettings.templates]).read()
        guard let output = try store.locked() else {
            return Result(action: "busy", snapshotID: nil, draftCount: 0, problems: [], input: nil, nextChange: nil)
        }
        let rows = try await database.read { session in
            try session.record { session in
                _ = try CatalogReader.read(&session)
                _ = try DraftReader.read(&session)
            }
        }
        let input = Input(digest: try InputDigest.of(rows: rows.digest, settings: settings, site: site))
        if input == known {
            return Result(
                action: "unchanged", snapshotID: nil, draftCount: 0, problems: [], input: input, nextChange: nil)
        }
        try Task.checkCancellation()
        let (preview, keys) = try await preview(of: rows, settings, site)
        try Task.checkCancellation()
        let outcome = try await publish(preview, keys, input, settings, into: output)
        return Result(
            action: outcome.action.rawValue, snapshotID: outcome.snapshotID, draftCount: preview.draftCount,
            problems: preview.problems.map { "page \($0.pageID) '\($0.title.printable)': \($0.problem)" }, input: input,
            nextChange: preview.nextChange)
    }

    private func preview(
        of rows: RowRecording, _ settings: RenderSettings, _ site: SiteTemplates
    ) async throws -> (Preview, MediaKeys) {
        let (data, drafts) = try rows.replay { session in
            (try CatalogReader.read(&session), try DraftReader.read(&session))
        }
        let now = now
        let report = try await CatalogReport.of(try CourseCatalog(data), at: now, settings: settings, site: site)
        try Task.checkCancellation()
        let media = media
        let drafted = try DraftedCatalog(data, drafts: drafts)
        let keys = MediaKeys(drafted.catalog)
        let source = Preview.Source(drafted, report: report) { path in
            keys.key(of: path).flatMap { media?.has($0) } ?? false
        }
        return (try Preview(source, at: now, settings: settings, site: site), keys)
    }

    private func publish(
        _ preview: Preview, _ keys: MediaKeys, _ input: Input, _ settings: RenderSettings, into output: LockedOutput
    ) async throws -> PublishOutcome {
        let known = KnownFiles(servedBy: output)
        let files = preview.media.compactMap { file -> Artifact? in
            let path = "\(Preview.root)/\(file)"
            return keys.key(of: file).flatMap { media?.file($0, at: path, knownFrom: known) }
                .map { Artifact(path: path, body: ArtifactBody($0)) }
        }
        let document = SnapshotDocument(
            compat: settings.compatibility.rawValue, renderedAt: now, nextChangeAt: preview.nextChange,
            inputDigest: input.digest, counts: [Count("drafts", preview.draftCount)], warnings: preview.warnings)
        // Nobody follows a link into an earlier preview, and whatever vanishes from one was published or discarded.
        var options = PublishOptions(now: invocation.time.now())
        options.allowsShrink = true
        options.keepCount = 2
        options.keepSeconds = 0
        let publishOptions = options
        return try await store.saying { () async throws(PublishError) in
            try await output.publish(
                try await FinishedSnapshot(preview.artifacts + files), document: document, options: publishOptions)
        }
    }
}
