import Bytes

/// A UUID: 128 bits, as text in lower case with dashes. SQLite keeps that text, PostgreSQL a type of its own.
public struct UniqueID: Hashable, Sendable, CustomStringConvertible {
    /// `5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11`.
    public let description: String

    /// The UUID that the text is, in either letter case, with or without dashes; nil for anything else.
    public init?(_ text: String) {
        guard let text = UUIDText.normalised(text.utf8) else { return nil }
        description = text
    }

    /// A UUID of version 4 (RFC 9562 §5.4) of random bytes: `number` draws from a range.
    public static func random(_ number: (ClosedRange<Int>) -> Int) -> UniqueID {
        var bytes = (0..<16).map { _ in UInt8(truncatingIfNeeded: number(0...255)) }
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = Array("0123456789abcdef")
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append("-") }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return UniqueID(known: text)
    }

    private init(known text: String) {
        description = text
    }
}

extension UniqueID: Bindable {
    /// The text.
    public var bind: Bind { .text(description) }
}

extension UniqueID: ColumnValue {
    public static var expectation: String { "a UUID" }

    public init?(cell: Cell) {
        guard cell.kind == .text, let text = UUIDText.normalised(cell.text) else { return nil }
        self.init(known: text)
    }
}
