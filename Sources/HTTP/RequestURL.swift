import Command

/// The absolute address of a request, percent-encoded. It is printed without path and query.
public struct RequestURL: Hashable, Sendable {
    /// Scheme, host and port: `https://lms.test:8443`.
    public let origin: String
    /// Path and query as they are sent, beginning with a slash.
    public let target: String

    /// The address of `path` at the service with the address `base`.
    ///
    /// A path that begins with a slash replaces the whole path of the base, another one is appended to it
    /// (`spec/openedx.md` §2.1). `path` is sent as it is: its variable parts are encoded by the caller. `query` is
    /// encoded here, in the manner of forms, in its order.
    public init(_ base: WebURL, _ path: String, query: [(name: String, value: String)] = []) {
        origin = base.origin
        let whole = path.hasPrefix("/") ? path : base.path + "/" + path
        target = query.isEmpty ? whole : whole + "?" + FormEncoding.text(query)
    }

    /// The whole address.
    public var text: String { origin + target }

    /// The address without its query.
    public var textWithoutQuery: String { origin + target.prefix { $0 != "?" } }
}

extension RequestURL: CustomStringConvertible, CustomReflectable {
    /// Scheme and host alone.
    public var description: String { origin }

    /// A mirror without children, so that `dump` prints no more than the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
