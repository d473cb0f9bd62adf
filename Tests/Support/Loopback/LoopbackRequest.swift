import Bytes

/// A request as a fake service received it.
public struct LoopbackRequest: Sendable {
    /// The method: `GET`.
    public let method: String
    /// Path and query as they were sent.
    public let target: String
    /// The header fields in their order, names in lower case.
    public let headers: [(name: String, value: String)]
    /// The body, decoded when it came in chunks.
    public let body: [UInt8]
    /// The number of the connection it came on, counted from 1 in the order of their arrival.
    public let connection: Int

    /// The path as it was sent, without the query.
    public var path: String {
        String(target.prefix { $0 != "?" })
    }

    /// The segments of the path, decoded: `["api", "enrollment", "v1"]`. A slash at the end adds nothing.
    public var segments: [String] {
        path.split(separator: "/").map { FormDecoding.text($0, plusIsSpace: false) }
    }

    /// Names and values of the query, decoded, in their order.
    public var query: [(name: String, value: String)] {
        FormDecoding.pairs(target.drop { $0 != "?" }.dropFirst())
    }

    /// Names and values of a body in the manner of forms, decoded, in their order.
    public var form: [(name: String, value: String)] {
        FormDecoding.pairs(text[...])
    }

    /// The first value of that name in the query, decoded; nil without one.
    public func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The first value of that name in a form, decoded; nil without one.
    public func field(_ name: String) -> String? {
        form.first { $0.name == name }?.value
    }

    /// The value of the first header field of that name, in any letter case; nil without one.
    public subscript(header: String) -> String? {
        headers.first { $0.name == header.lowercased() }?.value
    }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a document.
    public func json() throws -> JSONValue { try JSONValue(parsing: body) }
}

/// Reads what forms and queries write; what is not well encoded stays as it is.
enum FormDecoding {
    static func pairs(_ text: Substring) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: self.text(parts[0]), value: parts.count > 1 ? self.text(parts[1]) : "")
        }
    }

    static func text(_ encoded: Substring, plusIsSpace: Bool = true) -> String {
        var bytes: [UInt8] = []
        var rest = encoded.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") && plusIsSpace ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
