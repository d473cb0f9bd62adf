import Store

/// The tables of the job engine (`mechanics.md`), in the notation of ``Schema/init(parsing:in:)``.
enum FlowsTables {
    /// What one migration creates.
    struct Version {
        let tables: Schema
        /// Statements that create further indexes, also on tables of before.
        var indexes: [SQL] = []
    }

    /// The migrations, the first one first.
    static var versions: [Version] {
        [Version(tables: first), Version(tables: second, indexes: indexes(of: "outbox") + indexes(of: "inbox"))]
    }

    private static let first = Schema(
        parsing: """
            migration
                version integer key
                applied_at timestamptz
            lease
                name varchar(200) key
                token bigint
                owner varchar(200)
                renewed_at timestamptz
                expires_at timestamptz null
            run
                id bigint identity key
                job varchar(100)
                owner varchar(200)
                is_by_hand boolean
                started_at timestamptz
                ended_at timestamptz null
                status integer null
                outcome varchar(40) null
                counters jsonb null
                problem text null
                problems jsonb null
                index job,id
            intent
                id bigint identity key
                job varchar(100)
                key varchar(300)
                digest varchar(64)
                run_id bigint
                opened_at timestamptz
                attempts integer
                closed_at timestamptz null
                unique job,key
            item
                id bigint identity key
                job varchar(100)
                key varchar(300)
                permanent_failures integer
                temporary_failures integer
                failing_since timestamptz
                due_at timestamptz
                parked_at timestamptz null
                problem text
                unique job,key
            cursor
                id bigint identity key
                job varchar(100)
                name varchar(100)
                changed_at timestamptz
                row_id bigint
                updated_at timestamptz
                unique job,name
            rate
                name varchar(100) key
                next_at bigint
                paused_until bigint
            \(queue("outbox"))
            \(queue("inbox"))
            """, in: .flows)

    private static let second = Schema(
        parsing: """
            dirty
                id bigint identity key
                kind varchar(100)
                object_id bigint
                generation bigint
                marked_at timestamptz
                unique kind,object_id
                index marked_at,id
            sighting
                id bigint identity key
                job varchar(100)
                key varchar(300)
                seen_at timestamptz
                unique job,key
            """, in: .flows)

    /// What is open, parked and done in the table of a ``Queue`` is found without going through all that was ever in it.
    private static func indexes(of queue: String) -> [SQL] {
        [
            """
            CREATE INDEX \(identifier: "flows_\(queue)_open") ON \(flows: queue) (kind, due_at, id)
            WHERE done_at IS NULL AND parked_at IS NULL
            """,
            """
            CREATE INDEX \(identifier: "flows_\(queue)_parked") ON \(flows: queue) (kind, key)
            WHERE done_at IS NULL AND parked_at IS NOT NULL
            """,
            """
            CREATE INDEX \(identifier: "flows_\(queue)_done") ON \(flows: queue) (done_at)
            WHERE done_at IS NOT NULL AND NOT is_unique_for_ever
            """,
        ]
    }

    /// The table of a ``Queue``.
    private static func queue(_ name: String) -> String {
        """
        \(name)
            id bigint identity key
            kind varchar(100)
            key varchar(300)
            is_unique_for_ever boolean
            payload jsonb
            created_at timestamptz
            due_at timestamptz
            attempts integer
            claimed_until timestamptz null
            done_at timestamptz null
            parked_at timestamptz null
            problem text null
            unique kind,key where done_at IS NULL AND parked_at IS NULL OR is_unique_for_ever
            index kind,due_at
        """
    }
}
