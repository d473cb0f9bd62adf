import Bytes

/// The two engines, and everything they spell differently.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
    case sqlite
    case postgres

    /// The placeholder of the value with this number, counted from 1.
    func placeholder(_ number: Int) -> String {
        switch self {
        case .sqlite: "?\(number)"
        case .postgres: "$\(number)"
        }
    }

    /// Operator and right side of a membership test.
    ///
    /// One placeholder for the whole list: the text stays the same for any length, and no limit on placeholders is met.
    func membership(_ number: Int, negated: Bool) -> String {
        switch (self, negated) {
        case (.sqlite, false): "IN (SELECT value FROM json_each(?\(number)))"
        case (.sqlite, true): "NOT IN (SELECT value FROM json_each(?\(number)))"
        case (.postgres, false): "= ANY ($\(number))"
        case (.postgres, true): "<> ALL ($\(number))"
        }
    }

    /// The locking clause at the end of a `SELECT`.
    func clause(for lock: RowLock) -> String {
        switch (self, lock) {
        case (.sqlite, _): ""
        case (.postgres, .update): "FOR UPDATE"
        case (.postgres, .updateSkipLocked): "FOR UPDATE SKIP LOCKED"
        }
    }

    /// A value as text, nil for NULL.
    ///
    /// Instants are UTC. SQLite compares them as text, so that they are always written in one form there, the one that
    /// Django writes: `2026-09-15 14:30:00`, with six fraction digits when the microseconds are not zero.
    func text(of bind: Bind) -> String? {
        var buffer = ByteBuffer()
        switch bind {
        case .null: return nil
        case .text(let text): return text
        case .int(let number): buffer.append(number)
        case .bool(let flag):
            switch self {
            case .sqlite: buffer.append(flag ? "1" : "0")
            case .postgres: buffer.append(flag ? "t" : "f")
            }
        case .timestamp(let instant):
            buffer.append(instant)
            if self == .sqlite {
                var bytes = buffer.bytes
                bytes.removeLast()
                bytes[10] = UInt8(ascii: " ")
                return String(decoding: bytes, as: UTF8.self)
            }
        case .decimal(let number): buffer.append(number)
        case .json(let value): buffer.appendJSON(value)
        case .double(let number): return "\(number)"
        case .list(let values):
            switch self {
            case .sqlite: appendJSONArray(of: values, to: &buffer)
            case .postgres: appendArrayLiteral(of: values, to: &buffer)
            }
        }
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// Numbers stay numbers, so that they compare as such.
    private func appendJSONArray(of values: [Bind], to buffer: inout ByteBuffer) {
        buffer.append("[")
        for (index, value) in values.enumerated() {
            if index > 0 { buffer.append(",") }
            switch (value, text(of: value)) {
            case (_, nil): buffer.append("null")
            case (.int, let text?), (.bool, let text?), (.double, let text?): buffer.append(text)
            case (_, let text?): buffer.appendJSON(text)
            }
        }
        buffer.append("]")
    }

    /// `{"a","b"}`, its element type left to the server, which takes that of the column.
    private func appendArrayLiteral(of values: [Bind], to buffer: inout ByteBuffer) {
        buffer.append("{")
        for (index, value) in values.enumerated() {
            if index > 0 { buffer.append(",") }
            guard let text = text(of: value) else {
                buffer.append("NULL")
                continue
            }
            buffer.append("\"")
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { buffer.append(UInt8(ascii: "\\")) }
                buffer.append(byte)
            }
            buffer.append("\"")
        }
        buffer.append("}")
    }
}
