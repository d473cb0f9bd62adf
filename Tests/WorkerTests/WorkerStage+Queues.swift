import Bytes
import Command
import Services
import Store

@testable import Worker

/// The outbox of a stage, with waits that are half of the longest.
extension WorkerStage {
    func add(_ kind: String, _ keys: [String], payload: JSONValue = .object([])) async throws {
        let now = clock.now
        try await database.write { session in
            for key in keys {
                try Queue.outbox.add(kind, key: key, payload: payload, due: now, at: now, in: &session)
            }
        }
    }

    func job(_ handlers: [QueueHandler], atOnce: Int = 3) -> ToyJob {
        ToyJob { context in
            try await QueueRun(
                .outbox, handlers, in: context, done: .done, atOnce: atOnce,
                random: { ($0.lowerBound + $0.upperBound) / 2 }
            ).run()
        }
    }

    @discardableResult func drain(_ handlers: [QueueHandler], atOnce: Int = 3) async throws -> Outcome {
        try await engine().run(job(handlers, atOnce: atOnce))
    }

    /// Each entry as one line: `mail 1 waits 0`, with the number of attempts.
    func lines() async throws -> [String] {
        try await database.read { session in
            try session.rows(
                "SELECT kind, key, attempts, done_at, parked_at FROM \(flows: "outbox") ORDER BY kind, key, id"
            ) { row in
                let (kind, key, attempts): (String, String, Int) = (
                    try row["kind"], try row["key"], try row["attempts"]
                )
                let (done, parked): (Timestamp?, Timestamp?) = (try row["done_at"], try row["parked_at"])
                return "\(kind) \(key) \(done != nil ? "done" : parked != nil ? "parked" : "waits \(attempts)")"
            }
        }
    }

    /// In how many seconds after the stage's first instant each entry is due.
    func dues() async throws -> [Int64] {
        try await database.read { session in
            try session.rows("SELECT due_at, created_at FROM \(flows: "outbox") ORDER BY id") { row in
                let (due, created): (Timestamp, Timestamp) = (try row["due_at"], try row["created_at"])
                return (due - created).components.seconds
            }
        }
    }

    func parked() async throws -> [String] {
        try await database.read { session in
            try Queue.outbox.parked(in: &session).map { "\($0.key) \($0.problem)" }
        }
    }

    /// How many open entries are claimed.
    func claims() async throws -> Int {
        try await database.read { session in
            try session.first(
                """
                SELECT count(*) AS count FROM \(flows: "outbox") WHERE done_at IS NULL AND claimed_until IS NOT NULL
                """
            ) { row in try row["count"] } ?? 0
        }
    }
}

extension ServiceError {
    static func busy(_ pause: Duration?) -> ServiceError {
        ServiceError(
            "service", "call", .unavailable(retryAfter: pause), mayHaveHappened: false, status: 503, detail: "503")
    }

    static func refused(_ status: Int) -> ServiceError {
        ServiceError(
            "service", "call", .permanent, mayHaveHappened: false, status: status, detail: "\(status)")
    }

    static let denied = ServiceError("service", "call", .systemic, mayHaveHappened: false, status: 401, detail: "401")
}

extension Outcome {
    /// What was counted that is not zero: `selected 3, done 2`.
    var counts: String {
        (summary?.pairs ?? []).compactMap { pair in
            if case .int(let number) = pair.value, number != 0 { "\(pair.name) \(number)" } else { nil }
        }.joined(separator: ", ")
    }
}
