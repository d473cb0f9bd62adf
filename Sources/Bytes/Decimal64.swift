/// An exact decimal number: `units` × 10^-`scale`. Money is kept in it, never in a Double.
public struct Decimal64: Hashable, Sendable {
    /// The digits of the number without its point.
    public let units: Int64
    /// The number of fraction digits, 0 to 18.
    public let scale: Int

    /// The number `units` × 10^-`scale`.
    public init(units: Int64, scale: Int) {
        self.units = units
        self.scale = scale
    }

    /// The number that the text names with exactly `scale` fraction digits, or nil.
    ///
    /// Accepts a sign, digits, a point and an exponent (`1.5e3`), as databases print numbers. Digits beyond `scale` are
    /// rounded half to even; what does not fit in 18 digits is refused.
    public init?(_ text: some StringProtocol, scale: Int) {
        var copy = String(text)
        guard let value = copy.withUTF8({ Decimal64(utf8: $0, scale: scale) }) else { return nil }
        self = value
    }

    /// The same, read from UTF-8 bytes.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>, scale: Int) {
        guard let number = DecimalDigits(utf8: bytes) else { return nil }
        guard let units = number.units(scale: scale) else { return nil }
        self.init(units: units, scale: scale)
    }

    /// Whether the number is below zero.
    public var isNegative: Bool { units < 0 }

    /// Whether the number is zero.
    public var isZero: Bool { units == 0 }
}

extension Decimal64: Comparable {
    /// Smaller by value, whatever the scales; `==` also compares the scales (`1.5` is not `1.50`).
    public static func < (left: Decimal64, right: Decimal64) -> Bool {
        let scale = max(left.scale, right.scale)
        return left.widened(to: scale) < right.widened(to: scale)
    }

    private func widened(to scale: Int) -> Int128 {
        (self.scale..<scale).reduce(Int128(units)) { value, _ in value * 10 }
    }
}

extension Decimal64: CustomStringConvertible {
    /// All `scale` fraction digits: `149.50`.
    public var description: String {
        var buffer = ByteBuffer(capacity: 24)
        buffer.append(self)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}

extension ByteBuffer {
    /// Appends all `scale` fraction digits: `149.50`.
    public mutating func append(_ number: Decimal64) {
        append(number, fractionDigits: number.scale)
    }

    /// Appends the shortest form with at least one fraction digit: `0.0`, `149.5`, `99.99`.
    public mutating func appendShortest(_ number: Decimal64) {
        var units = number.units
        var digits = number.scale
        while digits > 1, units % 10 == 0 {
            units /= 10
            digits -= 1
        }
        if digits == 0 {
            append(number)
            append(".0")
        } else {
            append(Decimal64(units: units, scale: digits), fractionDigits: digits)
        }
    }

    private mutating func append(_ number: Decimal64, fractionDigits: Int) {
        let divisor = (0..<fractionDigits).reduce(UInt64(1)) { value, _ in value * 10 }
        let (whole, fraction) = number.units.magnitude.quotientAndRemainder(dividingBy: divisor)
        if number.isNegative { append("-") }
        appendDigits(of: whole, width: 1)
        if fractionDigits > 0 {
            append(".")
            appendDigits(of: fraction, width: fractionDigits)
        }
    }
}
