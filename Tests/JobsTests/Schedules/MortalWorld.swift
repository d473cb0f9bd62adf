import Bytes
import HTTP
import Store
import Support
import Synchronization
import Worker

/// What surrounds a process that may die: once it is dead, nothing of it goes out, and what it held stays held.
final class MortalWorld: Sendable {
    private let death: Death
    private let left = Mutex<Set<String>>([])

    init(death: Death) {
        self.death = death
    }

    func transport(over base: any Transport) -> some Transport {
        MortalTransport(base: base, death: death)
    }

    func locks(over base: any Locks) -> some Locks {
        MortalLocks(base: base, death: death) { [self] name in left.withLock { _ = $0.insert(name) } }
    }

    /// The locks that the dead process could not give back run on until their end.
    func leaveLocks(on stage: JobStage) async throws {
        let names = left.withLock { $0.map { "lock:\($0)" } }
        guard !names.isEmpty else { return }
        let until = stage.clock.now + .seconds(120)
        try await stage.write { session in
            try session.execute("UPDATE \(flows: "lease") SET expires_at = \(until) WHERE name \(in: names)")
        }
    }
}

private struct MortalTransport: Transport {
    let base: any Transport
    let death: Death

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        guard !death.isDead else { throw TransportError(.stopped, request, mayHaveArrived: false) }
        return try await base.send(request, within: deadline)
    }
}

private struct MortalLocks: Locks {
    let base: any Locks
    let death: Death
    let leave: @Sendable (String) -> Void

    func holding<T: Sendable>(
        _ name: String, wait: Duration, _ body: @Sendable () async throws -> T
    ) async throws -> T {
        try await base.holding(name, wait: wait) {
            do {
                return try await body()
            } catch {
                if death.isDead { leave(name) }
                throw error
            }
        }
    }
}
