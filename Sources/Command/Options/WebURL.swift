/// The absolute address that a site or service has as a whole: scheme, host, port and path, and nothing else.
///
/// Narrow on purpose: a user name or password, a query and a fragment have no place in such a setting.
public struct WebURL: Hashable, Sendable {
    /// `http` or `https`.
    public let scheme: String
    /// Host and port as a `Host` header carries them, in lower case: `learn.mit.edu`, `localhost:8080`.
    public let host: String
    /// The path without a slash at its end; empty for the root.
    public let path: String

    /// The address that the text names, or nil.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !"\"#<>?\\^`{|}".utf8.contains($0) }),
            let schemeEnd = text.firstRange(of: "://")
        else { return nil }
        let rest = text[schemeEnd.upperBound...]
        let hostEnd = rest.firstIndex(of: "/") ?? rest.endIndex
        var path = rest[hostEnd...]
        while path.hasSuffix("/") { path.removeLast() }
        scheme = text[..<schemeEnd.lowerBound].lowercased()
        host = rest[..<hostEnd].lowercased()
        self.path = String(path)
        guard scheme == "http" || scheme == "https", WebURL.isHost(host) else { return nil }
    }

    /// Scheme and host: `https://learn.mit.edu`.
    public var origin: String { "\(scheme)://\(host)" }

    private static func isHost(_ text: String) -> Bool {
        var name = text[...]
        var port: Substring?
        if name.hasPrefix("[") {
            guard let end = name.firstIndex(of: "]") else { return false }
            let after = name[name.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return false }
            port = after.isEmpty ? nil : after.dropFirst()
            name = name[..<end].dropFirst()
            guard !name.isEmpty, name.utf8.allSatisfy({ "0123456789abcdef:.".utf8.contains($0) }) else { return false }
        } else {
            if let colon = name.firstIndex(of: ":") {
                port = name[name.index(after: colon)...]
                name = name[..<colon]
            }
            guard !name.isEmpty, !name.hasPrefix("."), !name.hasPrefix("-"),
                name.utf8.allSatisfy({ "0123456789abcdefghijklmnopqrstuvwxyz.-_".utf8.contains($0) })
            else { return false }
        }
        guard let port else { return true }
        return port.utf8.allSatisfy { (0x30...0x39).contains($0) } && (1...65_535).contains(Int(port) ?? 0)
    }
}

extension WebURL: CustomStringConvertible {
    /// The address without a slash at its end: `https://courses.learn.mit.edu/learn/course`.
    public var description: String { origin + path }
}
