/// The type of a column, by PostgreSQL's names.
public enum ColumnType: Hashable, Sendable {
    case smallint, integer, bigint
    case boolean
    case text
    /// At most `length` characters.
    case varchar(length: Int)
    case timestamptz
    case date
    /// An exact number of at most `precision` digits, `scale` of them fraction digits.
    case numeric(precision: Int, scale: Int)
    case doublePrecision
    case jsonb
    case uuid
    case tsvector

    /// The type that PostgreSQL spells so, for example `varchar(255)`.
    init?(_ name: some StringProtocol) {
        let parts = name.split { "(,)".contains($0) }
        let numbers = parts.dropFirst().compactMap { Int($0) }
        switch (parts.first, numbers.count) {
        case ("smallint", 0): self = .smallint
        case ("integer", 0): self = .integer
        case ("bigint", 0): self = .bigint
        case ("boolean", 0): self = .boolean
        case ("text", 0): self = .text
        case ("varchar", 1): self = .varchar(length: numbers[0])
        case ("timestamptz", 0): self = .timestamptz
        case ("date", 0): self = .date
        case ("numeric", 2): self = .numeric(precision: numbers[0], scale: numbers[1])
        case ("float8", 0): self = .doublePrecision
        case ("jsonb", 0): self = .jsonb
        case ("uuid", 0): self = .uuid
        case ("tsvector", 0): self = .tsvector
        default: return nil
        }
    }

    /// The name in a PostgreSQL definition.
    var postgresName: String {
        switch self {
        case .smallint: "smallint"
        case .integer: "integer"
        case .bigint: "bigint"
        case .boolean: "boolean"
        case .text: "text"
        case .varchar(let length): "varchar(\(length))"
        case .timestamptz: "timestamptz"
        case .date: "date"
        case .numeric(let precision, let scale): "numeric(\(precision),\(scale))"
        case .doublePrecision: "float8"
        case .jsonb: "jsonb"
        case .uuid: "uuid"
        case .tsvector: "tsvector"
        }
    }

    /// The name in an SQLite definition. Decimals are text, so that none ever passes through a floating-point number.
    var sqliteName: String {
        switch self {
        case .smallint, .integer, .bigint, .boolean: "INTEGER"
        case .doublePrecision: "REAL"
        case .text, .varchar, .timestamptz, .date, .numeric, .jsonb, .uuid, .tsvector: "TEXT"
        }
    }
}
