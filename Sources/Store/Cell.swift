/// One value as the engine hands it over; its bytes live only as long as the row.
public struct Cell {
    /// The storage class. PostgreSQL answers in text, so there every value is `text` or `null`.
    public enum Kind: UInt8, Sendable {
        case null, integer, real, text, blob
    }

    /// What the engine stored.
    public let kind: Kind
    /// The number of an `integer`, else 0.
    public let integer: Int64
    /// The number of a `real`, else 0.
    public let real: Double
    /// The bytes of a `text`, not yet known to be UTF-8; else empty.
    public let text: UnsafeBufferPointer<UInt8>

    private init(kind: Kind, integer: Int64, real: Double, text: UnsafeBufferPointer<UInt8>) {
        self.kind = kind
        self.integer = integer
        self.real = real
        self.text = text
    }

    static var null: Cell { Cell(.null) }
    static var blob: Cell { Cell(.blob) }

    private init(_ kind: Kind) {
        self.init(kind: kind, integer: 0, real: 0, text: UnsafeBufferPointer(start: nil, count: 0))
    }

    init(integer: Int64) {
        self.init(kind: .integer, integer: integer, real: 0, text: UnsafeBufferPointer(start: nil, count: 0))
    }

    init(real: Double) {
        self.init(kind: .real, integer: 0, real: real, text: UnsafeBufferPointer(start: nil, count: 0))
    }

    init(text: UnsafeBufferPointer<UInt8>) {
        self.init(kind: .text, integer: 0, real: 0, text: text)
    }
}
