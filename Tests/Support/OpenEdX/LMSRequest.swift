import Bytes
import HTTP

/// A request as the fake LMS receives it.
public struct LMSRequest: Sendable {
    /// Scheme, host and port it was sent to.
    public let origin: String
    /// The method: `GET`.
    public let method: String
    /// Path and query as they were sent.
    public let target: String
    /// The header fields in their order, names in lower case.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]

    /// A request; names of header fields may be in any letter case.
    public init(
        origin: String, method: String, target: String, headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.origin = origin
        self.method = method
        self.target = target
        self.headers = headers.map { (name: $0.name.lowercased(), value: $0.value) }
        self.body = body
    }

    /// The request as a transport gets it.
    public init(_ request: Request) {
        self.init(
            origin: request.url.origin, method: request.method.rawValue, target: request.url.target,
            headers: request.headers.map { ($0.name, $0.value.revealed) }, body: request.body ?? [])
    }

    /// The path as it was sent, without the query.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// Names and values of the query, decoded, in their order.
    public var query: [(name: String, value: String)] { LMSRequest.pairs(target.drop { $0 != "?" }.dropFirst()) }

    /// Names and values of a form, decoded, in their order.
    public var form: [(name: String, value: String)] { LMSRequest.pairs(String(decoding: body, as: UTF8.self)[...]) }

    /// The first value of that name in the query; nil without one.
    public func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The first value of that name in the form; nil without one.
    public func field(_ name: String) -> String? { form.first { $0.name == name }?.value }

    /// The value of a header field, its name in lower case; nil without one.
    public subscript(header: String) -> String? { headers.first { $0.name == header }?.value }

    /// The body as a document, nil when it is none.
    public var json: JSONValue? { try? JSONValue(parsing: body) }

    /// The value of a cookie; nil without one.
    public func cookie(_ name: String) -> String? {
        for pair in (self["cookie"] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0].drop(while: { $0 == " " }) == name { return String(parts[1]) }
        }
        return nil
    }

    private static func pairs(_ text: Substring) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: decoded(parts[0]), value: parts.count > 1 ? decoded(parts[1]) : "")
        }
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
