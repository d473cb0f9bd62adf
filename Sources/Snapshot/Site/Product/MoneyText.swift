import Bytes

/// Amounts of US dollars as people read them. Digits come from the exact decimal, never from a Double.
enum MoneyText {
    /// `Free`, `$599`, `$149.50`, `$1,250`: cents only where there are any.
    static func amount(_ amount: Decimal64) -> String {
        if amount.isZero { return "Free" }
        let digits = Array(String(amount.units.magnitude).utf8)
        let padded = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, amount.scale + 1 - digits.count)) + digits
        let whole = padded.dropLast(amount.scale)
        let fraction = padded.suffix(amount.scale)
        var text = ByteBuffer(capacity: padded.count + 8)
        if amount.isNegative { text.append("-") }
        text.append("$")
        for (place, digit) in whole.enumerated() {
            if place > 0, (whole.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        if fraction.contains(where: { $0 != UInt8(ascii: "0") }) {
            text.append(".")
            text.append(fraction)
        }
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// `Free – $149.50`; one amount where both are the same. Amounts in the wrong order are exchanged.
    static func range(_ low: Decimal64, _ high: Decimal64) -> String {
        let (low, high) = high < low ? (high, low) : (low, high)
        let (first, last) = (amount(low), amount(high))
        return first == last ? first : "\(first) – \(last)"
    }

    /// Whether `text` names the amount already: `$99 for the certificate` names `$99`, and `$990` does not.
    static func names(_ amount: String, in text: String) -> Bool {
        text.utf8.split { !("$.,".utf8.contains($0) || $0.isDigit || $0.isLetter) }.contains { word in
            word.elementsEqual(amount.utf8)
                || word.dropLast().elementsEqual(amount.utf8) && !(word.last?.isDigit ?? true)
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
