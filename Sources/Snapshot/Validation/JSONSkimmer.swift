import Bytes
import Glibc

/// Why a text is not JSON, and at which byte (counted from 0) that was seen.
struct MalformedJSON: Error {
    let problem: StaticString
    let offset: Int
}

/// Steps over one JSON text (RFC 8259) and checks every byte of it, without building values.
///
/// The text may have places for values that were looked at before: a byte that stands in no JSON text.
struct JSONSkimmer {
    /// The byte that stands for a value that was looked at before.
    static let placeholder: UInt8 = 0x01

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var index = 0
    private var depth = 0
    /// How many placeholders were passed, and how many there must be.
    private(set) var placeholdersPassed = 0
    private let placeholders: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, placeholders: Int = 0) {
        self.bytes = bytes
        self.placeholders = placeholders
    }

    /// The next byte; 0, which no JSON text holds, at the end.
    var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

    func malformed(_ problem: StaticString) -> MalformedJSON {
        MalformedJSON(problem: problem, offset: index)
    }

    mutating func skipWhitespace() {
        while current == 0x20 || current == 0x0a || current == 0x0d || current == 0x09 { index += 1 }
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Nothing but white space may be left.
    mutating func finish() throws(MalformedJSON) {
        skipWhitespace()
        guard index == bytes.count else { throw malformed("text after the document") }
        guard placeholdersPassed == placeholders else { throw malformed("a value is missing") }
    }

    /// Steps into `{` or `[`.
    mutating func enter() throws(MalformedJSON) {
        guard depth < JSONValue.maximumDepth else { throw malformed("nested too deeply") }
        depth += 1
        index += 1
        skipWhitespace()
    }

    /// Steps out of an object or array, past its closing character.
    mutating func leave(_ closing: Unicode.Scalar) throws(MalformedJSON) {
        guard skip(closing) else { throw malformed("a comma or the closing bracket is expected") }
        depth -= 1
    }

    /// Steps over a key and its colon; returns where the key's characters stand.
    mutating func key() throws(MalformedJSON) -> Range<Int> {
        skipWhitespace()
        guard current == UInt8(ascii: "\"") else { throw malformed("a key is expected") }
        let key = try string()
        skipWhitespace()
        guard skip(":") else { throw malformed("a colon is expected") }
        return key
    }

    /// Whether another element follows in an object or array.
    mutating func nextElement() -> Bool {
        skipWhitespace()
        return skip(",")
    }

    /// Steps over any value.
    mutating func value() throws(MalformedJSON) {
        skipWhitespace()
        switch current {
        case UInt8(ascii: "{"):
            try enter()
            if current != UInt8(ascii: "}") {
                repeat {
                    _ = try key()
                    try value()
                } while nextElement()
            }
            try leave("}")
        case UInt8(ascii: "["):
            try enter()
            if current != UInt8(ascii: "]") {
                repeat { try value() } while nextElement()
            }
            try leave("]")
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case Self.placeholder: try passPlaceholder()
        default: _ = try number()
        }
    }

    /// Steps over a value that was looked at before.
    mutating func passPlaceholder() throws(MalformedJSON) {
        guard placeholdersPassed < placeholders else { throw malformed("a value is expected") }
        placeholdersPassed += 1
        index += 1
    }

    mutating func word(_ text: StaticString) throws(MalformedJSON) {
        guard matches(text, at: index..<index + text.utf8CodeUnitCount) else {
            throw malformed("an unknown word")
        }
        index += text.utf8CodeUnitCount
    }

    /// Steps over a number; tells whether it has neither fraction nor exponent.
    mutating func number() throws(MalformedJSON) -> (text: Range<Int>, isInteger: Bool) {
        let start = index
        _ = skip("-")
        if !skip("0"), digits() == 0 { throw malformed("a value is expected") }
        var isInteger = true
        if skip(".") {
            isInteger = false
            if digits() == 0 { throw malformed("a digit is expected") }
        }
        if skip("e") || skip("E") {
            isInteger = false
            _ = skip("+") || skip("-")
            if digits() == 0 { throw malformed("a digit is expected") }
        }
        return (start..<index, isInteger)
    }

    private mutating func digits() -> Int {
        let start = index
        while current >= UInt8(ascii: "0"), current <= UInt8(ascii: "9") { index += 1 }
        return index - start
    }

    /// Steps over a string; returns where its characters stand, escapes as written.
    mutating func string() throws(MalformedJSON) -> Range<Int> {
        index += 1
        let start = index
        while true {
            skipPlainText()
            guard index < bytes.count else { throw malformed("a string that does not end") }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return start..<index - 1
            case UInt8(ascii: "\\"): try escape()
            case 0x80...: try multibyteScalar()
            default: throw malformed("a control character in a string")
            }
        }
    }

    /// Steps over printable ASCII without quote and backslash, eight bytes at a time where possible.
    private mutating func skipPlainText() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        while index + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
            // The lowest high bit set in `special` is that of the first byte below 0x20, quote, backslash or not ASCII.
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5c)
            let special =
                ((word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
                    | word)
                & highBits
            guard special == 0 else {
                index += special.trailingZeroBitCount / 8
                return
            }
            index += 8
        }
        while index < bytes.count, bytes[index] >= 0x20, bytes[index] < 0x80, bytes[index] != UInt8(ascii: "\""),
            bytes[index] != UInt8(ascii: "\\")
        {
            index += 1
        }
    }

    private mutating func escape() throws(MalformedJSON) {
        index += 1
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            index += 1
        case UInt8(ascii: "u"):
            index += 1
            let unit = try hexadecimalUnit()
            guard 0xd800...0xdfff ~= unit else { return }
            guard unit < 0xdc00, skip("\\"), skip("u"), 0xdc00...0xdfff ~= (try hexadecimalUnit()) else {
                throw malformed("half a surrogate pair")
            }
        default: throw malformed("an unknown escape")
        }
    }

    private mutating func hexadecimalUnit() throws(MalformedJSON) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch current {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = current - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = current - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = current - UInt8(ascii: "A") + 10
            default: throw malformed("four hexadecimal digits are expected")
            }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }

    /// Steps over one scalar of two to four bytes, as the table of well-formed UTF-8 allows (Unicode 16, table 3-7).
    private mutating func multibyteScalar() throws(MalformedJSON) {
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xbf
        switch lead {
        case 0xc2...0xdf: length = 2
        case 0xe0...0xef:
            length = 3
            if lead == 0xe0 { second = 0xa0...0xbf }
            if lead == 0xed { second = 0x80...0x9f }
        case 0xf0...0xf4:
            length = 4
            if lead == 0xf0 { second = 0x90...0xbf }
            if lead == 0xf4 { second = 0x80...0x8f }
        default: throw malformed("invalid UTF-8")
        }
        guard index + length <= bytes.count, second ~= bytes[index + 1],
            (2..<length).allSatisfy({ 0x80...0xbf ~= bytes[index + $0] })
        else { throw malformed("invalid UTF-8") }
        index += length
    }

    /// Whether the bytes in `range` are those of `text`.
    func matches(_ text: StaticString, at range: Range<Int>) -> Bool {
        guard range.count == text.utf8CodeUnitCount, range.upperBound <= bytes.count, let start = bytes.baseAddress
        else {
            return false
        }
        return memcmp(start + range.lowerBound, text.utf8Start, range.count) == 0
    }

    /// The bytes in `range`.
    subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[range])
    }
}
