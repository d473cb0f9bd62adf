import Glibc

/// A body that is read piece by piece while it is sent, for what is too large for the memory.
///
/// It is read by position, so that a request can be sent again.
public struct BodySource: Sendable {
    /// The length in bytes.
    public let length: Int
    /// Copies what begins at the position into the buffer; returns how many bytes it copied, nil when it cannot be read.
    let read: @Sendable (_ position: Int, _ buffer: UnsafeMutableRawBufferPointer) -> Int?

    /// A body of `length` bytes that `read` gives; it is called on a thread that may be held.
    public init(
        length: Int, read: @escaping @Sendable (_ position: Int, _ buffer: UnsafeMutableRawBufferPointer) -> Int?
    ) {
        self.length = length
        self.read = read
    }

    /// The first `length` bytes of an open file, which stays open at least as long as the call.
    public static func file(_ descriptor: Int32, length: Int) -> BodySource {
        BodySource(length: length) { position, buffer in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, position)
            return count >= 0 ? count : nil
        }
    }
}

/// Where the body of a successful answer goes piece by piece, for what is too large for the memory.
public struct BodySink: Sendable {
    let begin: @Sendable () -> Bool
    let take: @Sendable (UnsafeRawBufferPointer) -> Bool

    /// A sink; both closures are called on a thread that may be held, and return false when they cannot do their work.
    ///
    /// - Parameters:
    ///   - begin: is called before the body of each attempt: what came before is void.
    ///   - take: takes the next piece.
    public init(begin: @escaping @Sendable () -> Bool, take: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool) {
        self.begin = begin
        self.take = take
    }

    /// The file, which is emptied first and stays open at least as long as the call.
    public static func file(_ descriptor: Int32) -> BodySink {
        BodySink(
            begin: { ftruncate(descriptor, 0) == 0 && lseek(descriptor, 0, SEEK_SET) == 0 },
            take: { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    guard count > 0 else { return false }
                    rest = rest.dropFirst(count)
                }
                return true
            })
    }
}
