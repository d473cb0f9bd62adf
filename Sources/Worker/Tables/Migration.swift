import Bytes
import Command
import Store

/// The versions of the engine's own tables. They stand beside MITx Online's, so that an intent and its effect are one
/// transaction.
public enum Migration {
    /// The version that this program works with.
    public static let current = FlowsTables.versions.count

    /// Brings the tables to the current version and returns the versions that were applied, none when all had been.
    ///
    /// - Throws: ``Failure`` `configuration` when the database is of a later version; ``StoreError``.
    public static func apply(to database: Database, now: Timestamp) async throws -> [Int] {
        let before = try await version(of: database)
        guard before < current else {
            try check(before)
            return []
        }
        do {
            try await database.write { session in try createTables(after: before, at: now, in: &session) }
        } catch let error as StoreError {
            // Another process may have made them in the same moment; its transaction is over when this one's fails.
            guard try await version(of: database) == current else { throw error }
            return []
        }
        return Array(before + 1...current)
    }

    /// Makes the tables that the versions after `version` up to `last` brought, by default all of them.
    ///
    /// - Throws: ``StoreError``.
    public static func createTables(
        after version: Int = 0, upTo last: Int = current, at now: Timestamp, in session: inout Session
    ) throws {
        for (number, step) in zip(1..., FlowsTables.versions) where number > version && number <= last {
            try step.tables.createTables(in: &session)
            for index in step.indexes { try session.execute(index) }
            try session.execute("INSERT INTO \(flows: "migration") (version, applied_at) VALUES (\(number), \(now))")
        }
    }

    /// The version of the database's tables, 0 when there are none.
    public static func version(of database: Database) async throws -> Int {
        do {
            return try await database.read { session in try version(in: &session) }
        } catch let error as StoreError where error.code == .missingTable {
            return 0
        }
    }

    /// - Throws: ``Failure`` `configuration` when the database's tables are not those of the current version.
    public static func check(_ database: Database) async throws {
        try check(try await version(of: database))
    }

    static func version(in session: inout Session) throws -> Int {
        try session.first("SELECT max(version) AS version FROM \(flows: "migration")") { row in
            try row["version"] as Int?
        }.flatMap(\.self) ?? 0
    }

    /// - Throws: ``Failure`` `configuration` when the tables are not those of the current version.
    static func check(_ version: Int) throws(Failure) {
        if version > current {
            throw Failure(
                .configuration,
                "the job tables are of version \(version), this program knows \(current): install the newer program")
        }
        if version == 0 {
            throw Failure(.configuration, "the database has no job tables: run 'mitxonline-jobs migrate' once")
        }
        if version < current {
            throw Failure(
                .configuration,
                "the job tables are of version \(version), this program needs \(current): run 'mitxonline-jobs migrate'"
            )
        }
    }

    /// Makes those of `indexes`, statements that create one, that are missing.
    ///
    /// - Throws: ``StoreError``.
    public static func create(indexes: [String], in database: Database) async throws {
        for index in indexes { try await database.write { session in try session.execute(SQL(stringLiteral: index)) } }
    }
}
