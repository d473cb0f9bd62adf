import Bytes
import Command
import Publisher

/// `mitxonline-build render`.
enum RenderCommand {
    private static let now = Option(
        "now", ValueType<Timestamp>.instant, "the instant that documents are rendered for, instead of the clock's")
    private static let check = Option(flag: "check", "render and validate, publish nothing")
    private static let ifStale = Option(
        flag: "if-stale",
        "render only when rows, settings, templates or program have changed or the clock changes a document")
    private static let allowShrink = Option(
        flag: "allow-shrink", "publish even if much of what is served would vanish")

    static let subcommand = Subcommand(
        "render", "Renders the catalog and publishes it as a snapshot",
        discussion: """
            The database is read once, in one read-only transaction. The snapshot is written beside the one that is served, \
            validated and then switched to; until then, and after any error, the one before stays. So it does when live \
            courses, courses of MIT Learn's catalog or live programs fall by more than a fifth and by more than 3, or to none.
            """,
        options: [now, check, ifStale, allowShrink], settings: BuildSettings.ofRender, run: run)

    /// The steps of publishing.
    static let faultPoints = PublishStep.allCases.map(FaultPoint.init)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let start = invocation.time.steady()
        let now = try invocation[now] ?? invocation.time.now()
        let media = try invocation[BuildSettings.media].map { (path) throws(PublishError) in try MediaFolder(path) }
        let job = try RenderJob(invocation, now: now, media: media)
        let result =
            if let store = try store(invocation) {
                try await job.publish(
                    into: store, options: try publishOptions(invocation), ifStale: try invocation[ifStale])
            } else {
                try await job.check()
            }
        let report = RenderReport(result: result, duration: invocation.time.steady() - start)
        report.log(to: invocation.log)
        try invocation.print(report.text) { report.write(into: &$0) }
        return Outcome(summary: report.fields, didWork: !report.isBusy)
    }

    /// Where to publish; nil when nothing is to be published.
    private static func store(_ invocation: Invocation) throws -> SnapshotStore? {
        if try invocation[check] { return nil }
        guard let output = try invocation[BuildSettings.output] else {
            throw Failure(.usage, "output is not set: give --output PATH, or --check to publish nothing")
        }
        return SnapshotStore(directory: output)
    }

    private static func publishOptions(_ invocation: Invocation) throws -> PublishOptions {
        // The wall clock's instant, since the age of snapshots is measured with it, whatever they were rendered for.
        var options = PublishOptions(now: invocation.time.now())
        options.allowsShrink = try invocation[allowShrink]
        options.keepCount = try invocation[BuildSettings.keepSnapshots]
        options.keepSeconds = try invocation[BuildSettings.keepFor].components.seconds
        return options
    }
}
