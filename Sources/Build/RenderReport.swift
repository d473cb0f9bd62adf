import Bytes
import Command
import Publisher
import Snapshot

/// What a render came to, for people, for programs and for the log.
struct RenderReport {
    let result: RenderJob.Result
    let duration: Duration

    private var rendering: Rendering? { result.rendering }
    private var outcome: PublishOutcome? { result.outcome }
    private var fileCount: Int { rendering?.artifacts.count ?? 0 }

    /// Whether the output was another process's.
    var isBusy: Bool { outcome == nil && rendering == nil }

    private var action: String {
        if let outcome { return outcome.action.rawValue }
        return isBusy ? "busy" : "checked"
    }

    /// The counts of what was rendered, or else of the snapshot that a render would have given.
    private var counts: [Count]? { rendering?.counts ?? outcome?.document?.counts }
    private var warningCount: Int? { rendering?.warnings.count ?? outcome?.document?.warnings.count }
    private var nextChange: Timestamp? { rendering?.nextChange ?? outcome?.document?.nextChangeAt }

    private func count(_ name: String) -> Int {
        counts?.first { $0.name == name }?.number ?? 0
    }

    private func counted(_ name: String, _ noun: String) -> String { counted(count(name), noun) }

    private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// A few lines: what was written, how long it took, where to look.
    var text: String {
        var lines = [headline]
        if counts != nil {
            lines.append(
                "  \(counted("courses_live", "live course")) of \(count("courses_all")), "
                    + "\(counted("runs_internal", "run")), \(counted("programs", "program")), "
                    + "\(counted("departments", "department")), \(counted("collections", "program collection"))")
            if let warningCount, warningCount > 0 {
                let folder = outcome?.action == .held ? "snapshots/\(outcome?.snapshotID ?? "")" : "current"
                let place = result.output.map { " (\($0)/\(folder)/snapshot.json lists them)" } ?? ""
                lines.append("  \(counted(warningCount, "warning"))\(place)")
            }
            if let next = nextChange { lines.append("  next change by the clock alone: \(next)") }
        }
        if let outcome, !outcome.purgeKeys.isEmpty {
            let documents = outcome.purgeKeys.count == 1 ? "document" : "documents"
            lines.append("  \(outcome.purgeKeys.count) changed \(documents) of courses and programs, in purge.txt")
        }
        if let outcome, !outcome.pruned.isEmpty {
            lines.append("  removed \(counted(outcome.pruned.count, "old snapshot"))")
        }
        if let output = result.output, counts != nil, outcome?.action != .held {
            let first = count("pages_html") > 0 ? "index.html" : "api/v2/courses/index.json"
            lines.append("  look at \(output)/current/public/\(first)")
        }
        return lines.joined(separator: "\n")
    }

    private var headline: String {
        let seconds = milliseconds / 1000
        let time = "\(seconds).\(String(1000 + milliseconds % 1000).dropFirst()) s"
        let id = outcome?.snapshotID ?? ""
        switch outcome?.action {
        case nil where isBusy:
            return "busy: another process is publishing into \(result.output ?? "the output"); nothing was done"
        case nil: return "checked \(fileCount) files in \(time), published nothing"
        case .unchanged: return "unchanged: snapshot \(id) is served already (\(time))"
        case .switched: return "switched back to snapshot \(id) in \(time)"
        case .held:
            return "held: snapshot \(id) is ready (\(time)), but \(outcome?.previousID ?? "") stays served; "
                + "rollback --release ends the hold"
        case .published:
            return "published snapshot \(id): \(fileCount) files, \(outcome?.bytesWritten ?? 0) bytes in \(time)"
        }
    }

    private var milliseconds: Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }

    /// The members of the report for `--json`.
    func write(into object: inout JSONObjectWriter) {
        object.member("outcome", action)
        object.member("snapshot_id", outcome?.snapshotID)
        object.member("previous_snapshot_id", outcome?.previousID)
        object.member("files", fileCount)
        object.member("files_written", outcome?.filesWritten ?? 0)
        object.member("files_kept", outcome?.filesKept ?? 0)
        object.member("bytes_written", outcome?.bytesWritten ?? 0)
        object.member("statements", result.statements)
        object.member("next_change_at", nextChange)
        object.member("counts", json: counts?.json)
        object.objects("warnings", rendering?.warnings ?? []) { writer, warning in
            writer.member("code", warning.code)
            writer.member("table", warning.table)
            writer.member("id", warning.id)
            writer.member("text", warning.text)
        }
        object.member("purge", json: .array((outcome?.purgeKeys ?? []).map(JSONValue.string)))
        object.member("pruned", json: .array((outcome?.pruned ?? []).map(JSONValue.string)))
        object.member("milliseconds", milliseconds)
    }

    /// The fields of the last line of the log; what is not known is left out rather than counted as none.
    var fields: LogFields {
        var fields: LogFields = ["outcome": .string(action), "snapshot_id": .string(outcome?.snapshotID ?? "")]
        if rendering != nil { fields.append("files", .int(fileCount)) }
        if let outcome {
            fields.append("files_written", .int(outcome.filesWritten))
            fields.append("files_kept", .int(outcome.filesKept))
            fields.append("bytes_written", .int(outcome.bytesWritten))
            fields.append("purge_keys", .int(outcome.purgeKeys.count))
            fields.append("pruned", .int(outcome.pruned.count))
        }
        if counts != nil {
            fields.append("courses", .int(count("courses_live")))
            fields.append("programs", .int(count("programs")))
        }
        if let warningCount { fields.append("warnings", .int(warningCount)) }
        return fields
    }

    /// What somebody should look at: the warnings of a snapshot that is news, and what could not be removed.
    func log(to log: Log) {
        if outcome?.isNews ?? true {
            for warning in rendering?.warnings ?? [] {
                log.warning(
                    "catalog_warning",
                    [
                        "code": .string(warning.code), "table": .string(warning.table), "id": .string(warning.id),
                        "text": .string(warning.text),
                    ])
            }
        }
        if outcome?.action == .held { log.warning("held", ["served": .string(outcome?.previousID ?? "")]) }
        if let problem = outcome?.pruneProblem {
            log.warning("prune_failed", ["problem": .string(problem.description)])
        }
    }
}
