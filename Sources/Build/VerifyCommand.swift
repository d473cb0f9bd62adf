import Bytes
import Command
import Publisher

/// `mitxonline-build verify [ID]`.
enum VerifyCommand {
    private static let id = Argument(
        "ID", optional: ValueType<String>.text, "the snapshot; the one that is served, when it is left out")
    private static let all = Option(flag: "all", "verify every snapshot that is kept")

    static let subcommand = Subcommand(
        "verify", "Reads every file of a snapshot and compares it with what was published",
        discussion: """
            Each difference is named: a file that is missing, has other bytes or was not published. The id of a snapshot is a \
            digest of it, so that a changed list of files is found too. Status 65 when there is a difference.
            """,
        arguments: [id], options: [all], settings: [BuildSettings.output], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let store = try SnapshotStore(invocation)
        let id = try invocation[id]
        let isAll = try invocation[all]
        if isAll, id != nil { throw Failure(.usage, "--all takes no ID: it verifies every snapshot") }
        let results = try await store.saying { () async throws(PublishError) in
            guard isAll else { return [try await store.verify(id)] }
            var results: [Verification] = []
            for snapshot in try store.list() {
                do throws(PublishError) {
                    results.append(try await store.verify(snapshot.id))
                } catch  where error.code == .unknownSnapshot {
                    // It was pruned a moment ago.
                    continue
                }
            }
            return results
        }
        try invocation.print(results.map(text).joined(separator: "\n")) { object in
            object.objects("snapshots", results) { object, result in
                object.member("snapshot_id", result.snapshotID)
                object.member("files", result.files)
                object.member("bytes", result.bytes)
                object.objects("differences", result.differences) { object, difference in
                    object.member("path", difference.path)
                    object.member("problem", difference.problem)
                }
            }
        }
        let damaged = results.filter { !$0.differences.isEmpty }
        guard damaged.isEmpty else {
            let names = damaged.map(\.snapshotID).joined(separator: ", ")
            throw Failure(
                .data, "\(store.directory): damaged: \(names); render again, or roll back to a sound snapshot")
        }
        return Outcome(summary: [
            "snapshots": .int(results.count), "files": .int(results.reduce(0) { $0 + $1.files }),
        ])
    }

    private static func text(_ result: Verification) -> String {
        let head = "snapshot \(result.snapshotID): \(result.files) files, \(result.bytes) bytes"
        if result.differences.isEmpty { return "\(head), all as published" }
        return ([head] + result.differences.map { "  \($0)" }).joined(separator: "\n")
    }
}
