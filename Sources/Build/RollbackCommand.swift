import Bytes
import Command
import Publisher

/// `mitxonline-build rollback [ID]`.
enum RollbackCommand {
    private static let id = Argument(
        "ID", optional: ValueType<String>.text, "the snapshot; the one that was served before, when it is left out")
    private static let release = Option(flag: "release", "end the hold: the next render switches again")

    static let subcommand = Subcommand(
        "rollback", "Serves an earlier snapshot again and holds it",
        discussion: """
            Until 'rollback --release', renders still work but do not switch. The snapshot is verified first. A second rollback \
            goes back one more. With the id of the snapshot that is served nothing is switched, and it is held.
            """,
        arguments: [id], options: [release], settings: [BuildSettings.output], run: run)

    /// How long a render at work is waited for, and how often it is looked at.
    private static let patience = Duration.seconds(60)
    private static let pause = Duration.milliseconds(50)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let store = try SnapshotStore(invocation)
        let id = try invocation[id]
        let isRelease = try invocation[release]
        if isRelease, id != nil { throw Failure(.usage, "--release takes no ID: it ends the hold, whatever is held") }
        let deadline = invocation.time.steady() + patience
        var isWaiting = false
        while true {
            if let output = try store.saying({ () throws(PublishError) in try store.lockExisting() }) {
                return isRelease
                    ? try release(output, store, invocation) : try await rollback(output, store, to: id, invocation)
            }
            if !isWaiting { invocation.log.info("waiting_for_a_render", ["output": .string(store.directory)]) }
            isWaiting = true
            guard invocation.time.steady() < deadline else {
                throw Failure(
                    .temporary, "\(store.directory): a render is still publishing; nothing was done, try again")
            }
            try await Task.sleep(for: pause)
        }
    }

    private static func rollback(
        _ output: LockedOutput, _ store: SnapshotStore, to id: String?, _ invocation: Invocation
    ) async throws -> Outcome {
        let outcome = try await store.saying { () async throws(PublishError) in
            try await output.rollback(to: id, now: invocation.time.now()) { invocation.faults.pass(FaultPoint($0)) }
        }
        let head =
            outcome.action == .switched
            ? "serves snapshot \(outcome.snapshotID) in place of \(outcome.previousID ?? "")"
            : "serves snapshot \(outcome.snapshotID) as before"
        try invocation.print(head + ", and holds it until 'rollback --release'") { object in
            object.member("outcome", outcome.action.rawValue)
            object.member("snapshot_id", outcome.snapshotID)
            object.member("previous_snapshot_id", outcome.previousID)
            object.member("held", true)
            object.member("purge", json: .array(outcome.purgeKeys.map(JSONValue.string)))
        }
        return Outcome(summary: [
            "outcome": .string(outcome.action.rawValue), "held": true, "snapshot_id": .string(outcome.snapshotID),
            "previous_snapshot_id": .string(outcome.previousID ?? ""), "purge_keys": .int(outcome.purgeKeys.count),
        ])
    }

    private static func release(
        _ output: LockedOutput, _ store: SnapshotStore, _ invocation: Invocation
    ) throws -> Outcome {
        let wasHeld = try store.saying { () throws(PublishError) in
            try output.release(now: invocation.time.now()) { invocation.faults.pass(FaultPoint($0)) }
        }
        let outcome = wasHeld ? "released" : "unchanged"
        try invocation.print(wasHeld ? "released: the next render switches again" : "unchanged: nothing was held") {
            $0.member("outcome", outcome)
        }
        return Outcome(summary: ["outcome": .string(outcome)])
    }
}
