import Bytes
import Publisher
import Testing

extension SnapshotStore {
    /// Publishes `snapshot` at the instant `now` of the wall clock, by the usual options after `change`.
    ///
    /// Requires that no other has the output.
    func publish(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument = SmallSnapshot.document,
        now: Timestamp = SmallSnapshot.now, pass: @escaping @Sendable (PublishStep) -> Void = { _ in },
        _ change: (inout PublishOptions) -> Void = { _ in }
    ) async throws -> PublishOutcome {
        var options = PublishOptions(now: now)
        change(&options)
        guard let output = try lock() else { throw Busy() }
        return try await output.publish(snapshot, document: document, options: options, pass: pass)
    }

    /// Publishes the small snapshot that bears `marker`.
    func publish(
        _ marker: String, now: Timestamp = SmallSnapshot.now, _ change: (inout PublishOptions) -> Void = { _ in }
    ) async throws -> PublishOutcome {
        try await publish(try await SmallSnapshot.finished(marker: marker), now: now, change)
    }

    /// Serves an earlier snapshot again.
    func rollback(to id: String? = nil, now: Timestamp = SmallSnapshot.now) async throws -> PublishOutcome {
        guard let output = try lock() else { throw Busy() }
        return try await output.rollback(to: id, now: now)
    }

    func release(now: Timestamp = SmallSnapshot.now) throws -> Bool {
        guard let output = try lock() else { throw Busy() }
        return try output.release(now: now)
    }
}

/// Another has the output.
struct Busy: Error {}
