import Glibc

/// Where output goes: a file descriptor of the process, or memory in a test.
public struct ByteSink: Sendable {
    private let body: @Sendable ([UInt8]) throws(Failure) -> Void

    /// A sink that hands all bytes of a call to `body` at once.
    public init(_ body: @escaping @Sendable ([UInt8]) throws(Failure) -> Void) {
        self.body = body
    }

    /// Writes all of `bytes`; throws ``ExitStatus/cannotCreate`` when the other end is closed or the disk is full.
    public func write(_ bytes: [UInt8]) throws(Failure) {
        try body(bytes)
    }

    /// A sink that passes each call's bytes to the kernel in one `write(2)`, and the rest again when it took only a part.
    public static func descriptor(_ descriptor: Int32, name: String) -> ByteSink {
        ByteSink { bytes throws(Failure) in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EAGAIN {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wait, 1, -1)
                } else if errno != EINTR {
                    throw Failure(.cannotCreate, "\(name) cannot be written: \(systemMessage(errno))")
                }
            }
        }
    }
}

/// The system's words for an `errno`.
func systemMessage(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
