import Bytes
import Command
import FoundationEssentials
import Snapshot

/// `mitxonline-build preview`.
enum PreviewCommand {
    private static let now = Option(
        "now", ValueType<Timestamp>.instant, "the instant that pages are shown for, instead of the clock's")
    private static let watch = Option(
        flag: "watch", "render again whenever the database, a template or the file with texts changes, until Ctrl-C")

    static let subcommand = Subcommand(
        "preview", "Renders the drafts of pages as they would look if they were published",
        discussion: """
            The pages are written into OUTPUT/preview, which is apart from what render publishes and for content staff only. \
            Beside each draft stands what it changes. A draft that cannot be shown has a page that says why. Images and \
            documents come from --media, those that it lacks from the site.
            """,
        options: [now, watch], settings: BuildSettings.ofPreview, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        guard let output = try invocation[BuildSettings.output] else {
            throw Failure(.usage, "output is not set: give --output PATH")
        }
        let job = try PreviewJob(invocation, output: output, now: try invocation[now])
        if try invocation[watch] { return try await PreviewWatch(job, invocation).run() }
        let result = try await job.render()
        try invocation.print(job.text(of: result)) { job.write(result, into: &$0) }
        return Outcome(summary: result.fields, didWork: !result.isBusy)
    }
}

extension PreviewJob {
    /// Where to look.
    var indexPath: String { "\(store.directory)/current/\(Preview.root)/index.html" }

    /// The same as an address that a browser opens.
    var indexURL: String {
        let path = indexPath.hasPrefix("/") ? indexPath : "\(FileManager.default.currentDirectoryPath)/\(indexPath)"
        return URL(filePath: path).standardizedFileURL.absoluteString
    }

    func text(of result: Result) -> String {
        guard !result.isBusy else {
            return "busy: another process is publishing into \(store.directory); nothing was done"
        }
        return
            (["\(result.action): \(result.countInWords)"] + result.problems.map { "  \($0)" }
            + ["  look at \(indexPath)", "  \(indexURL)"]).joined(separator: "\n")
    }

    func write(_ result: Result, into object: inout JSONObjectWriter) {
        object.member("outcome", result.action)
        object.member("snapshot_id", result.snapshotID)
        object.member("drafts", result.draftCount)
        object.member("problems", json: .array(result.problems.map(JSONValue.string)))
        object.member("index", indexPath)
        object.member("url", indexURL)
    }
}

extension PreviewJob.Result {
    var countInWords: String {
        let drafts = "\(draftCount) draft\(draftCount == 1 ? "" : "s")"
        return problems.isEmpty ? drafts : "\(drafts), \(problems.count) of them cannot be shown"
    }

    /// The fields of the last line of the log.
    var fields: LogFields {
        [
            "outcome": .string(action), "snapshot_id": .string(snapshotID ?? ""), "drafts": .int(draftCount),
            "problems": .int(problems.count),
        ]
    }
}
