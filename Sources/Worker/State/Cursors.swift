import Bytes
import Store

/// How far a job has read a table in the order of its changes. It is committed together with the page it covers.
public struct ChangeCursor: Sendable {
    /// A place in the order `(changed_at, id)`.
    public struct Position: Hashable, Sendable {
        /// When the last row that was read had changed.
        public let changedAt: Timestamp
        /// Its id.
        public let id: Int64

        /// A place.
        public init(changedAt: Timestamp, id: Int64) {
            self.changedAt = changedAt
            self.id = id
        }
    }

    let job: JobName
    let name: String

    /// The cursor `name` of `job`.
    public init(_ name: String, of job: JobName) {
        self.name = name
        self.job = job
    }

    /// Where it stands; nil before the first page.
    public func position(in session: inout Session) throws -> Position? {
        try session.first(
            "SELECT changed_at, row_id FROM \(flows: "cursor") WHERE job = \(job.text) AND name = \(name)"
        ) { row in Position(changedAt: try row["changed_at"], id: try row["row_id"]) }
    }

    /// Moves it to the end of a page.
    public func advance(to position: Position, at now: Timestamp, in session: inout Session) throws {
        try session.execute(
            """
            INSERT INTO \(flows: "cursor") (job, name, changed_at, row_id, updated_at)
            VALUES (\(job.text), \(name), \(position.changedAt), \(position.id), \(now))
            ON CONFLICT (job, name) DO UPDATE SET
                changed_at = excluded.changed_at, row_id = excluded.row_id, updated_at = excluded.updated_at
            """)
    }

    /// The condition on the rows of the next page: after the position, and not younger than `lag`, since a transaction that
    /// is still running may yet commit a row with an earlier time.
    public static func condition(
        after position: Position?, lag: Duration, at now: Timestamp, changedAt: String = "updated_on", id: String = "id"
    ) -> SQL {
        guard let position else { return "\(identifier: changedAt) <= \(now - lag)" }
        return """
            (\(identifier: changedAt), \(identifier: id)) > (\(position.changedAt), \(position.id)) \
            AND \(identifier: changedAt) <= \(now - lag)
            """
    }
}
