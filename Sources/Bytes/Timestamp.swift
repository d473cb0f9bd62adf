/// An instant: microseconds since 1970-01-01T00:00:00Z, as PostgreSQL's `timestamptz` keeps it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before.
    public var microseconds: Int64

    /// The instant `microseconds` after 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The instant that the text names, or nil: `YYYY-MM-DD`, a space or `T`, `HH:MM`, optionally `:SS` and up to six
    /// fraction digits, then `Z`, `±HH`, `±HHMM`, `±HH:MM`, `±HH:MM:SS` or nothing, which means UTC.
    ///
    /// Years 1 to 9999, in UTC too. More than six fraction digits, a 24th hour and a 60th second are refused.
    public init?(_ text: some StringProtocol) {
        var copy = String(text)
        guard let value = copy.withUTF8({ Timestamp(utf8: $0) }) else { return nil }
        self = value
    }

    /// The same, read from UTF-8 bytes.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = DigitScanner(bytes: bytes)
        guard let year = scanner.number(digits: 4), scanner.skip("-"), let month = scanner.number(digits: 2),
            scanner.skip("-"), let day = scanner.number(digits: 2), scanner.skip("T") || scanner.skip(" "),
            let hour = scanner.number(digits: 2), scanner.skip(":"), let minute = scanner.number(digits: 2)
        else { return nil }
        var second = 0
        var micro = 0
        if scanner.skip(":") {
            guard let value = scanner.number(digits: 2) else { return nil }
            second = value
            if scanner.skip(".") {
                guard let fraction = scanner.fraction(digits: 6) else { return nil }
                micro = fraction
            }
        }
        guard let offset = scanner.zoneOffset(), scanner.atEnd,
            let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
        else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        guard Timestamp.writableSeconds.contains(seconds) else { return nil }
        microseconds = seconds * 1_000_000 + Int64(micro)
    }

    /// From the first second of year 1 to the last of year 9999, counted from 1970.
    private static let writableSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The instant `seconds` later; negative is earlier.
    public func adding(seconds: Int64) -> Timestamp {
        Timestamp(microseconds: microseconds + seconds * 1_000_000)
    }

    /// The whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public var wholeSeconds: Int64 { microseconds.flooredDivision(by: 1_000_000).quotient }

    /// Earlier than.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// `2026-11-23T20:45:00Z`, with exactly six fraction digits when the microseconds are not zero.
    public var description: String {
        var buffer = ByteBuffer(capacity: 27)
        buffer.append(self)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}

extension ByteBuffer {
    /// Appends `instant` as `2026-11-23T20:45:00Z`, with exactly six fraction digits when its microseconds are not
    /// zero.
    public mutating func append(_ instant: Timestamp) {
        let (days, inDay) = instant.microseconds.flooredDivision(by: 86_400_000_000)
        let (second, micro) = inDay.flooredDivision(by: 1_000_000)
        let date = CivilDate(daysSinceEpoch: Int(days))
        append(Int64(date.year), width: 4)
        appendTwoDigits(date.month, after: "-")
        appendTwoDigits(date.day, after: "-")
        appendTwoDigits(Int(second / 3600), after: "T")
        appendTwoDigits(Int(second / 60 % 60), after: ":")
        appendTwoDigits(Int(second % 60), after: ":")
        if micro != 0 {
            append(UInt8(ascii: "."))
            append(micro, width: 6)
        }
        append(UInt8(ascii: "Z"))
    }

    private mutating func appendTwoDigits(_ number: Int, after separator: Unicode.Scalar) {
        append(UInt8(ascii: separator))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}

extension Int64 {
    /// Quotient rounded down and the remainder, which is never negative for a positive divisor.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
