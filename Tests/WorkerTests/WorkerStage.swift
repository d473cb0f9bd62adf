import Bytes
import Store
import Support
import Synchronization
import Worker

/// A database with the engine's tables, a clock, a log, and engines on them.
struct WorkerStage {
    let database: Database
    let locator: String
    let clock = ManualClock()
    let log: RecordedLog

    init(_ test: TestDatabase) {
        database = test.database
        locator = test.locator
        log = RecordedLog(time: clock.source)
    }

    func engine(
        _ owner: String = "host/1", in other: Database? = nil, checkpoint: @escaping Checkpoint = { _ in },
        announce: @escaping @Sendable (String) -> Void = { _ in }
    ) -> JobEngine {
        JobEngine(
            database: other ?? database, owner: owner, log: log.log, time: clock.source, checkpoint: checkpoint,
            announce: announce)
    }

    /// Another connection to the same database, as another process has it.
    func otherConnection() throws -> Database { try Database(locator) }

    func status() async throws -> JobStatus {
        let now = clock.now
        return try await database.read { session in try JobStatus(of: ToyJob.self, at: now, in: &session) }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { session in
            try session.first("SELECT count(*) AS count FROM \(flows: table)") { row in try row["count"] } ?? 0
        }
    }
}

func withStage(_ engine: Engine, _ body: (WorkerStage) async throws -> Void) async throws {
    try await withDatabase(engine, .jobs) { test in try await body(WorkerStage(test)) }
}

/// Something that several tasks write down.
final class Journal: Sendable {
    private let entries = Mutex<[String]>([])

    func add(_ entry: String) { entries.withLock { $0.append(entry) } }

    var all: [String] { entries.withLock(\.self) }
}
