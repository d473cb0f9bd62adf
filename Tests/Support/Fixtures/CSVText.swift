/// A reader of the fixtures' CSV: RFC 4180, an unquoted `\N` is nil.
struct CSVText {
    private let bytes: [UInt8]
    private var index = 0

    /// All records of `bytes`, the header included.
    static func records(of bytes: [UInt8]) throws -> [[String?]] {
        var text = CSVText(bytes: bytes)
        var records: [[String?]] = []
        while text.index < bytes.count { records.append(try text.record()) }
        return records
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func record() throws -> [String?] {
        var fields = [try field()]
        while skip(",") { fields.append(try field()) }
        let ended = skip("\r") ? skip("\n") : skip("\n") || index == bytes.count
        guard ended else { throw FixtureError("CSV: text after a quoted field at byte \(index)") }
        return fields
    }

    private mutating func field() throws -> String? {
        guard skip("\"") else {
            let start = index
            while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            return text == "\\N" ? nil : text
        }
        var content: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\""), !skip("\"") { return String(decoding: content, as: UTF8.self) }
            content.append(byte)
        }
        throw FixtureError("CSV: a quoted field does not end")
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }
}
