/// A password, token or key: whatever prints it prints `[redacted]`.
public struct Secret: Hashable, Sendable {
    /// The secret in clear; only for the call that hands it to the outside system.
    public let revealed: String

    /// The secret `text`.
    public init(_ text: String) {
        revealed = text
    }

    /// What is printed in place of a secret.
    public static let redaction = "[redacted]"
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `[redacted]`.
    public var description: String { Secret.redaction }

    /// `[redacted]`.
    public var debugDescription: String { Secret.redaction }

    /// A mirror without children, so that `dump` and string interpolation of an enclosing value print nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
