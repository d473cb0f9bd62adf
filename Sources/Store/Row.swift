import Bytes

/// One row of a result. It cannot leave the closure it is handed to; what is kept of it is copied out.
///
/// ```swift
/// let id: Int = try row["id"]
/// let start: Timestamp? = try row["start_date"]
/// ```
/// Columns read in the order of the statement are found without a search.
public struct Row: ~Copyable {
    @usableFromInline let buffer: RowBuffer

    init(_ buffer: RowBuffer) {
        self.buffer = buffer
    }

    /// The value of the column. NULL is read as an optional only.
    ///
    /// - Throws: ``StoreError`` `malformedValue` naming table, row and column; `missingColumn` when the statement has none.
    @inlinable public subscript<V: ColumnValue>(_ column: StaticString) -> V {
        get throws {
            let index = try buffer.index(of: column)
            guard let value = V(cell: buffer.cells[index]) else {
                throw buffer.malformed(index, expected: V.expectation)
            }
            return value
        }
    }

    /// The exact decimal number in the column with `scale` fraction digits, rounded half to even when more are stored.
    ///
    /// - Throws: as the subscript; also when the number has more than 18 digits.
    public func decimal(_ column: StaticString, scale: Int) throws -> Decimal64 {
        guard let value = try optionalDecimal(column, scale: scale) else {
            throw buffer.malformed(try buffer.index(of: column), expected: "a decimal number")
        }
        return value
    }

    /// The same, nil for NULL.
    public func optionalDecimal(_ column: StaticString, scale: Int) throws -> Decimal64? {
        let index = try buffer.index(of: column)
        let cell = buffer.cells[index]
        if cell.kind == .null { return nil }
        guard let value = Decimal64(cell: cell, scale: scale) else {
            throw buffer.malformed(index, expected: "a decimal number")
        }
        return value
    }

    /// The UUID in the column, lower-case with dashes.
    ///
    /// - Throws: as the subscript.
    public func uuid(_ column: StaticString) throws -> String {
        guard let value = try optionalUUID(column) else {
            throw buffer.malformed(try buffer.index(of: column), expected: "a UUID")
        }
        return value
    }

    /// The same, nil for NULL.
    public func optionalUUID(_ column: StaticString) throws -> String? {
        let index = try buffer.index(of: column)
        let cell = buffer.cells[index]
        if cell.kind == .null { return nil }
        guard cell.kind == .text, let value = UUIDText.normalised(cell.text) else {
            throw buffer.malformed(index, expected: "a UUID")
        }
        return value
    }
}

extension Decimal64 {
    /// A real counts as the shortest decimal number that names it.
    fileprivate init?(cell: Cell, scale: Int) {
        switch cell.kind {
        case .text: self.init(utf8: cell.text, scale: scale)
        case .integer: self.init("\(cell.integer)", scale: scale)
        case .real: self.init("\(cell.real)", scale: scale)
        case .null, .blob: return nil
        }
    }
}
