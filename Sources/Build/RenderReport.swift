import Bytes
import Command
import Publisher
import Snapshot

/// What a render came to, for people, for programs and for the log.
struct RenderReport {
    let rendering: Rendering
    /// Nil when nothing was to be published.
    let outcome: PublishOutcome?
    let output: String?
    let duration: Duration

    private var action: String { outcome?.action.rawValue ?? "checked" }

    private func count(_ name: String) -> Int {
        rendering.counts.first { $0.name == name }?.number ?? 0
    }

    private func counted(_ name: String, _ noun: String) -> String { counted(count(name), noun) }

    private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// A few lines: what was written, how long it took, where to look.
    var text: String {
        var lines = [headline]
        if outcome?.action != .busy {
            lines.append(
                "  \(counted("courses_live", "live course")) of \(count("courses_all")), "
                    + "\(counted("runs_internal", "run")), \(counted("programs", "program")), "
                    + "\(counted("departments", "department")), \(counted("collections", "program collection"))")
            if !rendering.warnings.isEmpty {
                let place = output.map { " (\($0)/current/snapshot.json lists them)" } ?? ""
                lines.append("  \(counted(rendering.warnings.count, "warning"))\(place)")
            }
            if let next = rendering.nextChange { lines.append("  next change by the clock alone: \(next)") }
        }
        if let output, outcome?.action != .busy {
            lines.append("  look at \(output)/current/public/api/v2/courses/index.json")
        }
        return lines.joined(separator: "\n")
    }

    private var headline: String {
        let seconds = milliseconds / 1000
        let time = "\(seconds).\(String(1000 + milliseconds % 1000).dropFirst()) s"
        switch outcome?.action {
        case nil: return "checked \(rendering.artifacts.count) files in \(time), published nothing"
        case .busy: return "busy: another render is publishing into \(output ?? "the output"); nothing was done"
        case .unchanged: return "unchanged: snapshot \(outcome?.snapshotID ?? "") is served already (\(time))"
        case .switched: return "switched back to snapshot \(outcome?.snapshotID ?? "") in \(time)"
        case .published:
            return "published snapshot \(outcome?.snapshotID ?? ""): \(rendering.artifacts.count) files, "
                + "\(outcome?.bytesWritten ?? 0) bytes in \(time)"
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
        object.member("files", rendering.artifacts.count)
        object.member("files_written", outcome?.filesWritten ?? 0)
        object.member("bytes_written", outcome?.bytesWritten ?? 0)
        object.member("next_change_at", rendering.nextChange)
        object.member("counts", json: rendering.counts.json)
        object.objects("warnings", rendering.warnings) { writer, warning in
            writer.member("code", warning.code)
            writer.member("table", warning.table)
            writer.member("id", warning.id)
            writer.member("text", warning.text)
        }
        object.member("milliseconds", milliseconds)
    }

    /// The fields of the last line of the log.
    var fields: LogFields {
        [
            "outcome": .string(action), "snapshot_id": .string(outcome?.snapshotID ?? ""),
            "files": .int(rendering.artifacts.count), "files_written": .int(outcome?.filesWritten ?? 0),
            "bytes_written": .int(outcome?.bytesWritten ?? 0), "courses": .int(count("courses_live")),
            "programs": .int(count("programs")), "warnings": .int(rendering.warnings.count),
        ]
    }

    /// One line for each warning.
    func logWarnings(to log: Log) {
        for warning in rendering.warnings {
            log.warning(
                "catalog_warning",
                [
                    "code": .string(warning.code), "table": .string(warning.table), "id": .string(warning.id),
                    "text": .string(warning.text),
                ])
        }
    }
}
