/// A decimal number as written: its digits and where the point stands.
struct DecimalDigits {
    private var negative = false
    private var digits: [UInt8] = []
    /// How many of `digits` stand after the point; negative when zeros follow them.
    private var fractionDigits = 0

    init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
            negative = bytes[index] == UInt8(ascii: "-")
            index += 1
        }
        var seenPoint = false
        var seenDigit = false
        while index < bytes.count {
            if let digit = bytes[index].decimalDigit {
                seenDigit = true
                if !digits.isEmpty || digit != 0 { digits.append(UInt8(digit)) }
                if seenPoint { fractionDigits += 1 }
            } else if bytes[index] == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else {
                break
            }
            index += 1
        }
        guard seenDigit, digits.count <= 400 else { return nil }
        if index < bytes.count {
            guard bytes[index] | 0x20 == UInt8(ascii: "e"),
                let exponent = Int(String(decoding: bytes[(index + 1)...], as: UTF8.self)),
                (-400...400).contains(exponent)
            else { return nil }
            fractionDigits -= exponent
        }
    }

    /// The number × 10^`scale` as an integer, rounded half to even; nil beyond 18 digits.
    func units(scale: Int) -> Int64? {
        let kept = digits.count - fractionDigits + scale
        guard kept <= 18 || digits.isEmpty else { return nil }
        var value: Int64 = 0
        for index in 0..<max(0, kept) {
            value = value * 10 + (index < digits.count ? Int64(digits[index]) : 0)
        }
        if kept >= 0, kept < digits.count {
            let next = digits[kept]
            let rest = digits[(kept + 1)...].contains { $0 != 0 }
            if next > 5 || (next == 5 && (rest || value % 2 == 1)) { value += 1 }
        }
        guard value < 1_000_000_000_000_000_000 else { return nil }
        return negative ? -value : value
    }
}
