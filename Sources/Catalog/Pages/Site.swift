import Bytes

/// A site: the host name under which a part of the page tree is served (`wagtailcore_site`).
public struct Site: Sendable {
    /// Primary key.
    public let id: Int
    /// The host name, without port.
    public let hostname: String
    /// The port; 80 means plain HTTP without a port, 443 HTTPS.
    public let port: Int
    /// Whether the site answers for hosts that no site names.
    public let isDefault: Bool
    /// The page that is the site's home.
    public let rootPageID: Int

    /// The row with these values.
    public init(id: Int, hostname: String, port: Int, isDefault: Bool, rootPageID: Int) {
        self.id = id
        self.hostname = hostname
        self.port = port
        self.isDefault = isDefault
        self.rootPageID = rootPageID
    }

    /// Scheme, host and, where it is not the scheme's own, port.
    public var rootURL: String {
        switch port {
        case 80: "http://\(hostname)"
        case 443: "https://\(hostname)"
        default: "http://\(hostname):\(port)"
        }
    }
}
