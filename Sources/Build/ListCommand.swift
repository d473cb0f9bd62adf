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
        let text = ([header] + snapshots.map(row)).columns
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
