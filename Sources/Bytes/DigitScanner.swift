/// Reads the fixed-width numbers of a timestamp from bytes.
struct DigitScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var atEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Exactly `digits` digits.
    mutating func number(digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for index in position..<position + digits {
            guard let digit = bytes[index].decimalDigit else { return nil }
            value = value * 10 + digit
        }
        position += digits
        return value
    }

    /// One to `digits` digits, as if zeros followed up to `digits`.
    mutating func fraction(digits: Int) -> Int? {
        var value = 0
        var read = 0
        while position < bytes.count, let digit = bytes[position].decimalDigit {
            guard read < digits else { return nil }
            value = value * 10 + digit
            read += 1
            position += 1
        }
        guard read > 0 else { return nil }
        for _ in read..<digits { value *= 10 }
        return value
    }

    /// Seconds east of UTC; 0 for `Z` and for no zone at all; nil when malformed.
    mutating func zoneOffset() -> Int? {
        if atEnd || skip("Z") || skip("z") { return 0 }
        let east = skip("+")
        guard east || skip("-"), let hours = number(digits: 2), hours < 24 else { return nil }
        var seconds = hours * 3600
        if !atEnd {
            let hasColons = skip(":")
            guard let minutes = number(digits: 2), minutes < 60 else { return nil }
            seconds += minutes * 60
            if hasColons, skip(":") {
                guard let rest = number(digits: 2), rest < 60 else { return nil }
                seconds += rest
            }
        }
        return east ? seconds : -seconds
    }
}

extension UInt8 {
    /// The value of an ASCII digit, nil for any other byte.
    @inlinable public var decimalDigit: Int? {
        self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") ? Int(self &- UInt8(ascii: "0")) : nil
    }
}
