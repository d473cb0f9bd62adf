import Bytes

/// An HTTP server's answer.
public struct HTTPResponse: Sendable {
    /// The status, such as 200.
    public let status: Int
    /// The header lines in the order they came.
    public let headers: [(name: String, value: String)]
    /// What follows the head, as it was sent.
    public let body: [UInt8]

    /// The answer that a connection carried up to its end.
    init(answer: [UInt8], hasBody: Bool) throws {
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw SetupError("no HTTP answer: \(String(decoding: answer.prefix(200), as: UTF8.self))")
        }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw SetupError("no HTTP status: \(lines.first ?? "")")
        }
        self.status = status
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        body = Array(answer[end.upperBound...])
        let announced = self["Content-Length"].flatMap { Int($0) }
        if hasBody, let announced, announced != body.count {
            throw SetupError("\(body.count) bytes came instead of \(announced)")
        }
    }

    /// The value of a header, of several with commas between them; nil without one.
    public subscript(name: String) -> String? {
        let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a document.
    public func json() throws -> JSONValue { try JSONValue(parsing: body) }
}
