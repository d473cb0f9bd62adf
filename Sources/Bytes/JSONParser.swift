/// What is wrong with a JSON text, and at which byte (counted from 0).
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of mistake, in words.
    public let problem: String
    /// The offset of the byte where it was seen.
    public let offset: Int

    /// One line; the text itself is not quoted.
    public var description: String { "\(problem) at byte \(offset)" }
}

extension JSONValue {
    /// The deepest nesting that is read; deeper input is refused, so that it cannot exhaust the stack.
    public static let maximumDepth = 200

    /// Reads one JSON document (RFC 8259) and nothing after it.
    ///
    /// - Throws: ``JSONError`` for text that is not JSON, invalid UTF-8 included, or nested deeper than
    ///   ``maximumDepth``.
    public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
        let copy = ContiguousArray(bytes)
        self = try copy.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            var parser = JSONParser(bytes: buffer)
            return try parser.document()
        }
    }
}

/// A recursive-descent reader of one document.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let result = try value()
        skipWhitespace()
        guard index == bytes.count else { throw error("text after the document") }
        return result
    }

    private func error(_ problem: String) -> JSONError {
        JSONError(problem: problem, offset: index)
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { index += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipWhitespace()
        switch current {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case nil: throw error("the text ends where a value is expected")
        default: return try number()
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < JSONValue.maximumDepth else { throw error("nested too deeply") }
        depth += 1
        index += 1
        let result = try body(&self)
        depth -= 1
        return result
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [JSONValue.Member] = []
        skipWhitespace()
        if skip("}") { return .object([]) }
        repeat {
            skipWhitespace()
            guard current == UInt8(ascii: "\"") else { throw error("a key is expected") }
            let key = try string()
            skipWhitespace()
            guard skip(":") else { throw error("a colon is expected") }
            members.append(JSONValue.Member(key: key, value: try value()))
            skipWhitespace()
        } while skip(",")
        guard skip("}") else { throw error("a comma or } is expected") }
        return .object(members)
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        skipWhitespace()
        if skip("]") { return .array([]) }
        repeat {
            elements.append(try value())
            skipWhitespace()
        } while skip(",")
        guard skip("]") else { throw error("a comma or ] is expected") }
        return .array(elements)
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let end = index + text.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[index..<end].elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        else { throw error("an unknown word") }
        index = end
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        _ = skip("-")
        if !skip("0") {
            guard digits() > 0 else { throw error("a value is expected") }
        }
        if skip("."), digits() == 0 { throw error("a digit is expected") }
        if skip("e") || skip("E") {
            _ = skip("+") || skip("-")
            guard digits() > 0 else { throw error("a digit is expected") }
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = index
        while current?.decimalDigit != nil { index += 1 }
        return index - start
    }

    private mutating func string() throws(JSONError) -> String {
        index += 1
        let start = index
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
        if current == UInt8(ascii: "\"") {
            let text = String(validating: bytes[start..<index], as: UTF8.self)
            index += 1
            guard let text else { throw error("invalid UTF-8") }
            return text
        }
        return try escapedString(head: start..<index)
    }

    /// The rest of a string that contains an escape; `head` is what was read of it.
    private mutating func escapedString(head: Range<Int>) throws(JSONError) -> String {
        var text = Array(bytes[head])
        while let byte = current, byte >= 0x20 {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else { throw error("invalid UTF-8") }
                return valid
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
            default: text.append(byte)
            }
        }
        throw error(index == bytes.count ? "a string that does not end" : "a control character in a string")
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        guard let byte = current else { throw error("a string that does not end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw error("an unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let high = try fourHexDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xdc00, skip("\\"), skip("u") else { throw error("half a surrogate pair") }
        let low = try fourHexDigits()
        guard (0xdc00...0xdfff).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
        else { throw error("half a surrogate pair") }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = current?.hexadecimalValue else {
                throw error("four hexadecimal digits are expected")
            }
            value = value << 4 | digit
            index += 1
        }
        return value
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit, nil for any other byte.
    fileprivate var hexadecimalValue: UInt32? {
        if let decimalDigit { return UInt32(decimalDigit) }
        let letter = self | 0x20
        guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "f") else { return nil }
        return UInt32(letter - UInt8(ascii: "a") + 10)
    }
}
