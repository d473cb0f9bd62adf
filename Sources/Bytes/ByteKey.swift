import Glibc

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
        left.withUTF8 { leftBytes in
            right.withUTF8 { leftBytes.count == $0.count && leftBytes.order(against: $0) == 0 }
        }
    }

    /// Before, by bytes.
    public static func < (left: ByteKey, right: ByteKey) -> Bool {
        left.withUTF8 { leftBytes in
            right.withUTF8 { rightBytes in
                let order = leftBytes.order(against: rightBytes)
                return order == 0 ? leftBytes.count < rightBytes.count : order < 0
            }
        }
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // No UTF-8 text holds this byte: it keeps two keys in a row from hashing like two others.
        hasher.combine(0xff as UInt8)
    }

    private func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var copy = text
        return copy.withUTF8(body)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Negative, zero or positive as the bytes that both have come before, equal or come after those of `other`.
    fileprivate func order(against other: Self) -> Int32 {
        guard let own = baseAddress, let others = other.baseAddress else { return 0 }
        return memcmp(own, others, Swift.min(count, other.count))
    }
}
