/// The answer to a request, whatever its status.
///
/// Its description names the status and the size alone: fields and body hold secrets and learners' data.
public struct Response: Sendable {
    /// The status: 200.
    public let status: Int
    /// The header fields in their order, names in lower case.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: [UInt8]
    /// Whether an earlier attempt of the same request may have taken effect, of which this answer then tells nothing.
    public var mayFollowEffect = false

    /// An answer; names of header fields may be in any letter case.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers.map { (name: $0.name.lowercased(), value: $0.value) }
        self.body = body
    }

    /// The value of the first header field of that name, nil when there is none. `name` is in lower case.
    public subscript(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

extension Response: CustomStringConvertible, CustomReflectable {
    /// `200, 2314 bytes`.
    public var description: String { "\(status), \(body.count) bytes" }

    /// A mirror without children, so that `dump` prints no more than the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
