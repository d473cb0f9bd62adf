/// An SQL statement: the program's own text, and values that never become text.
///
/// ```swift
/// let sql: SQL = "SELECT id, title FROM courses_course WHERE live AND id \(in: ids) AND created_on < \(instant)"
/// ```
/// The same statement serves both engines; what they spell differently is an interpolation that ``Dialect`` renders.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    enum Part: Sendable {
        case text(String)
        case bind(Bind)
        /// The operator and the list of `= ANY`, or its negation.
        case membership([Bind], negated: Bool)
        case lock(RowLock)
        /// A table of the program's own.
        case own(String)
    }

    var parts: [Part]
    var table: String?

    /// A statement without values.
    public init(stringLiteral text: String) {
        parts = [.text(text)]
    }

    /// A statement with values, written as an interpolated string.
    public init(stringInterpolation: Interpolation) {
        parts = stringInterpolation.parts
    }

    /// The same statement, whose errors name `table` when a value of it is malformed.
    public func labelled(_ table: String) -> SQL {
        var copy = self
        copy.table = table
        return copy
    }

    /// What may stand in `\( )` inside a statement.
    public struct Interpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        /// An empty statement.
        public init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        /// The program's own text.
        public mutating func appendLiteral(_ literal: String) {
            parts.append(.text(literal))
        }

        /// A value, which is bound: `WHERE id = \(id)`.
        public mutating func appendInterpolation(_ value: some Bindable) {
            parts.append(.bind(value.bind))
        }

        /// The same for a value that may be nil, which is NULL.
        public mutating func appendInterpolation<Value: Bindable>(_ value: Value?) {
            parts.append(.bind(value.bind))
        }

        /// A membership test, operator included, with any number of values: `WHERE id \(in: ids)`.
        public mutating func appendInterpolation(in values: some Sequence<some Bindable>) {
            parts.append(.membership(values.map(\.bind), negated: false))
        }

        /// The negation of the same: `WHERE id \(notIn: ids)`.
        public mutating func appendInterpolation(notIn values: some Sequence<some Bindable>) {
            parts.append(.membership(values.map(\.bind), negated: true))
        }

        /// The name of a table or column, quoted.
        public mutating func appendInterpolation(identifier name: String) {
            parts.append(.text(SQL.quoted(name)))
        }

        /// A table of the program's own, which stands apart from the tables of MITx Online: `flows.lease`.
        public mutating func appendInterpolation(flows name: String) {
            parts.append(.own(name))
        }

        /// A piece of another statement, its values included.
        public mutating func appendInterpolation(sql: SQL) {
            parts += sql.parts
        }

        /// The clause that locks the selected rows: `SELECT … \(lock: .updateSkipLocked)`.
        public mutating func appendInterpolation(lock: RowLock) {
            parts.append(.lock(lock))
        }
    }

    /// The name in double quotes, which both engines read; a quote inside is doubled.
    static func quoted(_ name: String) -> String {
        var text = "\""
        for scalar in name.unicodeScalars {
            if scalar == "\"" { text += "\"" }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}

/// How a `SELECT` locks the rows it returns until the transaction ends.
///
/// SQLite has one writer at a time, so there every form is empty.
public enum RowLock: Sendable {
    /// Waits for rows that another transaction holds.
    case update
    /// Leaves out rows that another transaction holds.
    case updateSkipLocked
}
