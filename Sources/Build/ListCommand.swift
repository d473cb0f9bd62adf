import Bytes
import Command
import Publisher

/// `mitxonline-build list`.
enum ListCommand {
    static let subcommand = Subcommand(
        "list", "Lists the snapshots that are kept, the one that is served first",
        settings: [BuildSettings.output], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let store = try SnapshotStore(invocation)
        let snapshots = try store.saying { () throws(PublishError) in try store.list() }
        let text = ([header] + snapshots.map(row)).aligned
        try invocation.print(text) { object in
            object.objects("snapshots", snapshots) { $0.write($1) }
        }
        return Outcome()
    }

    private static let header = [
        "SNAPSHOT", "RENDERED FOR", "SERVED OR WRITTEN", "COURSES", "PROGRAMS", "WARNINGS", "",
    ]

    private static func row(_ snapshot: KeptSnapshot) -> [String] {
        let document = snapshot.document
        func count(_ name: String) -> String { document?.count(name).map { "\($0)" } ?? "?" }
        return [
            snapshot.id, document.map { "\($0.renderedAt)" } ?? "?", snapshot.lastServed.toSecond,
            count("courses_live"), count("programs"), document.map { "\($0.warnings.count)" } ?? "?", snapshot.state,
        ]
    }
}

extension KeptSnapshot {
    /// Since when it is held; nil when it is not, or not served.
    fileprivate var heldSince: Timestamp? { isServed ? document?.heldSince : nil }

    fileprivate var state: String {
        if document == nil { return isServed ? "served, damaged" : "damaged" }
        if let heldSince { return "served, held since \(heldSince.toSecond)" }
        return isServed ? "served" : ""
    }
}

extension Timestamp {
    /// The instant without a fraction of a second.
    fileprivate var toSecond: String { "\(Timestamp(microseconds: wholeSeconds * 1_000_000))" }
}

extension JSONObjectWriter {
    fileprivate mutating func write(_ snapshot: KeptSnapshot) {
        member("snapshot_id", snapshot.id)
        member("served", snapshot.isServed)
        member("held_since", snapshot.heldSince)
        member("last_served", snapshot.lastServed)
        member("rendered_at", snapshot.document?.renderedAt)
        member("next_change_at", snapshot.document?.nextChangeAt)
        member("counts", json: snapshot.document?.counts.json)
        member("warnings", snapshot.document?.warnings.count)
    }
}

extension [[String]] {
    /// The rows as lines, each column as wide as its widest text.
    fileprivate var aligned: String {
        let widths = (0..<(first?.count ?? 0)).map { column in map { $0[column].count }.max() ?? 0 }
        return map { row in
            var line = ""
            for (text, width) in zip(row, widths) {
                line += text + String(repeating: " ", count: width - text.count + 2)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
