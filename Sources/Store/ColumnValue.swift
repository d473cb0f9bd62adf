import Bytes

/// A Swift type that a column can be read as.
///
/// The conformances here are the one place where stored values of both engines are normalised (`spec/catalog.md §2.2`).
public protocol ColumnValue: Sendable {
    /// What a stored value has to be, for the error that says it is not: "a whole number".
    static var expectation: String { get }

    /// The value of the cell, nil when it is not of the expected form. Whatever is kept must be copied.
    init?(cell: Cell)
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    public static var expectation: String { Wrapped.expectation + " or NULL" }

    @inlinable public init?(cell: Cell) {
        if cell.kind == .null {
            self = .none
        } else if let value = Wrapped(cell: cell) {
            self = .some(value)
        } else {
            return nil
        }
    }
}

extension Int64: ColumnValue {
    public static var expectation: String { "a whole number" }

    public init?(cell: Cell) {
        switch cell.kind {
        case .integer: self = cell.integer
        case .text:
            guard let value = Int64(digits: cell.text) else { return nil }
            self = value
        case .null, .real, .blob: return nil
        }
    }

    /// Decimal digits with an optional minus sign, and nothing else.
    private init?(digits bytes: UnsafeBufferPointer<UInt8>) {
        let negative = bytes.first == UInt8(ascii: "-")
        guard bytes.count > (negative ? 1 : 0) else { return nil }
        var value: Int64 = 0
        for byte in bytes.dropFirst(negative ? 1 : 0) {
            guard let digit = byte.decimalDigit else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Counted downwards: the smallest number has no positive counterpart.
            let (sum, carry) = product.subtractingReportingOverflow(Int64(digit))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        guard negative || value != .min else { return nil }
        self = negative ? value : -value
    }
}

extension Int: ColumnValue {
    public static var expectation: String { Int64.expectation }

    public init?(cell: Cell) {
        guard let value = Int64(cell: cell) else { return nil }
        self.init(exactly: value)
    }
}

extension Bool: ColumnValue {
    public static var expectation: String { "a boolean (0 or 1, t or f)" }

    public init?(cell: Cell) {
        switch (cell.kind, cell.text.count, cell.text.first ?? 0) {
        case (.integer, _, _) where cell.integer == 0: self = false
        case (.integer, _, _) where cell.integer == 1: self = true
        case (.text, 1, UInt8(ascii: "f")), (.text, 1, UInt8(ascii: "0")): self = false
        case (.text, 1, UInt8(ascii: "t")), (.text, 1, UInt8(ascii: "1")): self = true
        default: return nil
        }
    }
}

extension String: ColumnValue {
    public static var expectation: String { "text in UTF-8" }

    public init?(cell: Cell) {
        switch cell.kind {
        case .text:
            do {
                self.init(copying: try UTF8Span(validating: cell.text.span))
            } catch {
                return nil
            }
        case .integer: self.init(cell.integer)
        case .null, .real, .blob: return nil
        }
    }
}

extension Timestamp: ColumnValue {
    public static var expectation: String { "a timestamp (YYYY-MM-DD HH:MM:SS)" }

    public init?(cell: Cell) {
        guard cell.kind == .text else { return nil }
        self.init(utf8: cell.text)
    }
}

extension CivilDate: ColumnValue {
    public static var expectation: String { "a date (YYYY-MM-DD)" }

    public init?(cell: Cell) {
        let dash = UInt8(ascii: "-")
        guard cell.kind == .text, cell.text.count == 10, cell.text[4] == dash, cell.text[7] == dash else { return nil }
        var fields = (year: 0, month: 0, day: 0)
        for (index, byte) in cell.text.enumerated() where index != 4 && index != 7 {
            guard let digit = byte.decimalDigit else { return nil }
            switch index {
            case 0..<4: fields.year = fields.year * 10 + digit
            case 5..<7: fields.month = fields.month * 10 + digit
            default: fields.day = fields.day * 10 + digit
            }
        }
        self.init(year: fields.year, month: fields.month, day: fields.day)
    }
}

extension JSONValue: ColumnValue {
    public static var expectation: String { "a JSON document" }

    public init?(cell: Cell) {
        guard cell.kind == .text, let value = try? JSONValue(parsing: cell.text) else { return nil }
        self = value
    }
}

extension Double: ColumnValue {
    public static var expectation: String { "a finite number" }

    /// For double precision columns only; money is read by ``Row/decimal(_:scale:)``.
    public init?(cell: Cell) {
        switch cell.kind {
        case .real: self = cell.real
        case .integer: self = Double(cell.integer)
        case .text:
            guard let text = String(cell: cell), let value = Double(text) else { return nil }
            self = value
        case .null, .blob: return nil
        }
        guard isFinite else { return nil }
    }
}
