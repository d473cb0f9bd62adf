import Bytes

/// A set of tables: their columns, keys, constraints and indexes, the same for both engines.
public struct Schema: Sendable {
    /// The tables of MITx Online itself, release 1.162, as its migrations leave them.
    public static let reference = Schema(parsing: ReferenceTables.all, in: .site)

    /// Where the tables stand.
    public let namespace: Namespace
    /// Every table, in the order of names.
    public let tables: [Table]
    private let positions: [String: Int]

    init(tables: [Table], in namespace: Namespace) {
        self.namespace = namespace
        self.tables = tables.sorted { ByteKey($0.name) < ByteKey($1.name) }
        positions = Dictionary(
            self.tables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The table of that name.
    public subscript(_ name: String) -> Table? {
        positions[name].map { tables[$0] }
    }

    /// The two places of tables.
    public enum Namespace: Sendable {
        /// Those of MITx Online, named without a schema.
        case site
        /// Our own: the schema `flows` of PostgreSQL, the prefix `flows_` in SQLite, which has no schemas.
        case flows
    }

    /// A table.
    public struct Table: Sendable {
        /// Its name.
        public let name: String
        /// Its columns, in their order.
        public internal(set) var columns: [Column] = []
        var uniques: [Unique] = []
        var checks: [Check] = []
        var indexes: [Index] = []
    }

    /// A column.
    public struct Column: Sendable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let type: ColumnType
        /// Whether it may be NULL.
        public internal(set) var isNullable = false
        /// Whether it alone is the primary key.
        public internal(set) var isKey = false
        /// Whether the database numbers new rows by it.
        public internal(set) var isIdentity = false
        /// The table and column of the foreign key, checked at commit.
        public internal(set) var reference: Reference?
        var hasCCollation = false
    }

    /// The other end of a foreign key.
    public struct Reference: Hashable, Sendable {
        /// The table that is referred to.
        public let table: String
        /// Its column.
        public let column: String
    }

    struct Unique: Sendable {
        let columns: [String]
        /// Whether NULL equals NULL.
        var nullsNotDistinct = false
        /// The condition on the rows it holds for; SQL that both engines read.
        var condition: String?
    }

    struct Check: Sendable {
        let name: String
        /// SQL that both engines read.
        let condition: String
    }

    struct Index: Sendable {
        enum Kind: Sendable {
            case plain
            /// For `LIKE 'x%'` under any collation; PostgreSQL only.
            case pattern
            /// For full text search; PostgreSQL only.
            case gin
        }

        let columns: [String]
        let kind: Kind
    }
}
