import Bytes
import Command
import Foundation
import Records
import Store
import Support

/// A database that the job is measured on.
struct JobDatabase {
    let engine: String
    let locator: String
    private let database: Database
    /// The file of SQLite.
    private let file: String?

    /// A new database with enrollments, and the job's tables.
    init(
        _ engine: Engine, named name: String, in folder: String, _ enrollments: SyntheticEnrollments, program: String
    ) async throws {
        switch engine {
        case .sqlite:
            self.engine = "SQLite"
            file = "\(folder)/\(name).sqlite"
            locator = "sqlite:\(folder)/\(name).sqlite"
        case .postgres, .pgbouncer:
            self.engine = "PostgreSQL"
            file = nil
            try await PostgresServer.shared.createDatabase(named: name, arguments: [])
            locator = try await PostgresServer.shared.locator(name, through: engine)
        }
        database = try Database(locator)
        _ = try Child.succeed(
            [
                try ownPath(), "--database", locator, "--enrollments", "\(enrollments.count)",
                enrollments.areDue ? "--due" : "--failed", "\(enrollments.failed)",
            ], quietly: true)
        _ = try Child.succeed([program, "migrate", "--database", locator], quietly: true)
        try tidy()
    }

    /// PostgreSQL's server is to know its tables, and their pages to be marked as all visible, as on a live system.
    func tidy() throws {
        guard file == nil else { return }
        _ = try Child.succeed([try PostgresServer.tool("vacuumdb"), "--analyze", "--quiet", "--dbname", locator])
    }

    /// How long the query for what is due takes, in seconds.
    ///
    /// - Throws: ``BenchError`` when something is due, so that the job had more to do than to look.
    func queryTime() async throws -> Double {
        let clock = ContinuousClock()
        let (due, elapsed) = try await database.read { session in
            let start = clock.now
            let due = try PendingEnrollments.due(at: TimeSource.system.now(), in: &session)
            return (due.count, clock.now - start)
        }
        guard due == 0 else { throw BenchError("\(due) enrollments are due, and none should be") }
        return Double(elapsed.wholeMicroseconds) / 1e6
    }

    /// How many enrollments Open edX is not known to have.
    func pending() async throws -> Int {
        try await database.read { session in
            try session.first(
                "SELECT count(*) AS count FROM courses_courserunenrollment WHERE active AND NOT edx_enrolled"
            ) { row in try row["count"] } ?? 0
        }
    }

    /// Lets everybody be in their runs, and have paid.
    func verifyAll(_ enrollments: Int) async throws {
        try await database.write { session in
            try session.execute(
                "UPDATE courses_courserunenrollment SET active = \(true), enrollment_mode = 'verified'")
            try session.execute(
                "UPDATE courses_courserun SET courseware_id = 'course-v1:' || \("\(enrollments)") || '+' || id || '+3T2026'"
            )
        }
        try tidy()
    }

    /// How many certificates there are.
    func certificates() async throws -> Int {
        try await database.read { session in
            try session.first("SELECT count(*) AS count FROM courses_courseruncertificate") { row in try row["count"] }
                ?? 0
        }
    }

    /// Lets every failed enrollment be due again.
    func reset() async throws {
        try await database.write { session in
            try session.execute("UPDATE courses_courserunenrollment SET edx_enrolled = \(false)")
            try session.execute("DELETE FROM courses_courserunenrollmentaudit")
        }
        try tidy()
    }

    /// Lets calls to Open edX go out at once: the program itself has no way to lift its limits, and should have none.
    func liftLimits() async throws {
        try await database.write { session in
            switch session.dialect {
            case .sqlite:
                try session.execute(
                    """
                    CREATE TRIGGER lifted AFTER UPDATE ON flows_rate
                    BEGIN UPDATE flows_rate SET next_at = 0 WHERE name = new.name; END
                    """)
            case .postgres:
                try session.execute(
                    """
                    CREATE FUNCTION lift() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN UPDATE flows.rate SET next_at = 0 WHERE name = new.name; RETURN NULL; END'
                    """)
                try session.execute(
                    """
                    CREATE TRIGGER lifted AFTER UPDATE ON flows.rate FOR EACH ROW WHEN (pg_trigger_depth() = 0)
                    EXECUTE FUNCTION lift()
                    """)
            }
        }
    }

    /// How many transactions have written so far, by the counter in the header of SQLite's file; nil on PostgreSQL.
    func writeCount() throws -> Int? {
        guard let file else { return nil }
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
        defer { try? handle.close() }
        try handle.seek(toOffset: 24)
        return try handle.read(upToCount: 4)?.reduce(0) { $0 << 8 | Int($1) }
    }
}
