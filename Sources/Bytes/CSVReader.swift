/// Reads comma-separated values (RFC 4180) row by row, with a header row and `\N` for NULL.
///
/// Fields are UTF-8, rows end with LF or CRLF, a byte-order mark is skipped. An unquoted `\N` is NULL, a quoted one is
/// text; an empty field is the empty string.
///
///     var reader = try CSVReader(bytes)
///     while let row = try reader.next() { … }
public struct CSVReader: Sendable {
    /// The names of the columns.
    public private(set) var header: [String] = []
    /// The line on which the row read last begins, counted from 1.
    public private(set) var rowLine = 1
    private let bytes: [UInt8]
    private var index: Int
    private var line = 1

    /// Reads the header row.
    ///
    /// - Throws: ``CSVError`` when there is none or it is malformed.
    public init(_ bytes: [UInt8]) throws(CSVError) {
        self.bytes = bytes
        index = bytes.starts(with: "\u{feff}".utf8) ? 3 : 0
        guard let names = try row() else { throw CSVError(code: .missingHeader, line: 1) }
        header = names.map { $0 ?? "\\N" }
    }

    /// The next row, one value for each column, NULL as nil; nil after the last row.
    ///
    /// - Throws: ``CSVError``; reading on after it is not defined.
    public mutating func next() throws(CSVError) -> [String?]? {
        rowLine = line
        guard let fields = try row() else { return nil }
        guard fields.count == header.count else {
            throw CSVError(code: .raggedRow(expected: header.count, found: fields.count), line: rowLine)
        }
        return fields
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func row() throws(CSVError) -> [String?]? {
        guard index < bytes.count else { return nil }
        var fields: [String?] = []
        fields.reserveCapacity(header.count)
        repeat {
            fields.append(current == UInt8(ascii: "\"") ? try quotedField() : try plainField())
        } while try skipSeparator()
        return fields
    }

    private mutating func plainField() throws(CSVError) -> String? {
        let start = index
        while let byte = current, !byte.endsPlainField { index += 1 }
        let field = bytes[start..<index]
        return field.elementsEqual("\\N".utf8) ? nil : try text(field, line: line)
    }

    private mutating func quotedField() throws(CSVError) -> String {
        let firstLine = line
        var content: [UInt8] = []
        index += 1
        var start = index
        while let byte = current {
            index += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
            } else if byte == UInt8(ascii: "\"") {
                content.append(contentsOf: bytes[start..<index - 1])
                guard current == UInt8(ascii: "\"") else { return try text(content[...], line: firstLine) }
                start = index
                index += 1
            }
        }
        throw CSVError(code: .unterminatedQuote, line: firstLine)
    }

    /// Passes what stands after a field; whether another field of the same row follows.
    private mutating func skipSeparator() throws(CSVError) -> Bool {
        guard let byte = current else { return false }
        index += 1
        switch byte {
        case UInt8(ascii: ","): return true
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\r"):
            guard current == UInt8(ascii: "\n") else { throw CSVError(code: .strayCarriageReturn, line: line) }
            index += 1
        default: throw CSVError(code: .strayQuote, line: line)
        }
        line += 1
        return false
    }

    private func text(_ field: ArraySlice<UInt8>, line: Int) throws(CSVError) -> String {
        guard let text = String(validating: field, as: UTF8.self) else {
            throw CSVError(code: .invalidUTF8, line: line)
        }
        return text
    }
}

extension UInt8 {
    fileprivate var endsPlainField: Bool {
        switch self {
        case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\""): true
        default: false
        }
    }
}
