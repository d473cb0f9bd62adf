import Bytes
import Store

/// Marks on what HubSpot does not have as it is here. Whoever changes something marks it in the same transaction; the job
/// that tells HubSpot takes a mark away when it has told what it read under that mark (`mechanics.md`).
public enum Dirty {
    /// What can be marked, by the table its ids are of.
    public enum Kind: String, Sendable, CaseIterable {
        /// A learner: `users_user`.
        case contact
        /// An order: `ecommerce_order`.
        case deal
        /// A line of an order: `ecommerce_line`.
        case line
        /// A product: `ecommerce_product`.
        case product
        /// A course certificate: `courses_courseruncertificate`.
        case courseCertificate = "course_certificate"
        /// A program certificate: `courses_programcertificate`.
        case programCertificate = "program_certificate"
    }

    /// Marks the objects; one that is marked already gets another generation, so that a change during a request is not lost.
    public static func mark(
        _ kind: Kind, _ ids: some Sequence<Int>, at now: Timestamp, in session: inout Session
    ) throws {
        // A row cannot be written twice by one statement.
        let rows = Set(ids).sorted().map { id -> [any Bindable] in [kind.rawValue, id, 1, now] }
        guard !rows.isEmpty else { return }
        try session.execute(
            """
            INSERT INTO \(flows: "dirty") AS known (kind, object_id, generation, marked_at) VALUES \(rows: rows)
            ON CONFLICT (kind, object_id) DO UPDATE SET generation = known.generation + 1
            """)
    }

    /// How many objects are marked, and since when the oldest is.
    public static func backlog(in session: inout Session) throws -> Backlog {
        try session.first("SELECT count(*) AS count, min(marked_at) AS oldest FROM \(flows: "dirty")") { row in
            Backlog(count: try row["count"], oldest: try row["oldest"])
        } ?? Backlog(count: 0, oldest: nil)
    }
}
