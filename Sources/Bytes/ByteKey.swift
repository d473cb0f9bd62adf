/// Text compared and ordered by its UTF-8 bytes, which is the order of its code points.
///
/// `String` compares by canonical equivalence: it takes two spellings of `é` for one key, and a database does not.
public struct ByteKey: Hashable, Comparable, Sendable {
    /// The text itself.
    public let text: String

    /// The key for `text`.
    public init(_ text: String) {
        self.text = text
    }

    /// Equal byte for byte.
    public static func == (left: ByteKey, right: ByteKey) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Before, by bytes.
    public static func < (left: ByteKey, right: ByteKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xff as UInt8)
    }
}
