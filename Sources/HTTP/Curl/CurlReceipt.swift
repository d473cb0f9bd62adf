/// What of an answer has come, and why no more of it is taken.
final class CurlReceipt {
    /// The largest head that is taken, in bytes: services send 2 KB.
    static let headLimit = 64 << 10

    private let bodyLimit: Int
    private let sink: BodySink?
    private let stop: CurlStop
    private var headSize = 0
    private var bodySize = 0
    private var hasBegun = false
    private var isSuccess = false
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private(set) var isStopped = false
    /// Whether the sink could not do its work.
    private(set) var hasFailed = false

    init(bodyLimit: Int, sink: BodySink?, stop: CurlStop) {
        self.bodyLimit = bodyLimit
        self.sink = sink
        self.stop = stop
    }

    /// Takes a line of the head; false when it is too large.
    func takeHead(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headSize += bytes.count
        guard headSize <= CurlReceipt.headLimit else {
            isTooLarge = true
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A provisional answer came before.
            headers = []
            isSuccess = line.split(separator: " ").dropFirst().first?.hasPrefix("2") == true
        } else if let colon = line.firstIndex(of: ":") {
            headers.append((name: String(line[..<colon]), value: line[line.index(after: colon)...].withoutBlanks))
        }
        return true
    }

    /// Takes a piece of the body; false when it is too large or the sink refuses it.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= bodyLimit - bodySize else {
            isTooLarge = true
            return false
        }
        bodySize += bytes.count
        guard isSuccess, let sink else {
            body.append(contentsOf: bytes)
            return true
        }
        guard begin(sink), sink.take(bytes) else {
            hasFailed = true
            return false
        }
        return true
    }

    /// The answer is whole; false when the sink cannot do its work.
    func finish() -> Bool {
        guard isSuccess, let sink, !begin(sink) else { return true }
        hasFailed = true
        return false
    }

    private func begin(_ sink: BodySink) -> Bool {
        if hasBegun { return true }
        hasBegun = true
        return sink.begin()
    }

    /// Whether the call is to go on.
    func goesOn() -> Bool {
        guard stop.isDue else { return true }
        isStopped = true
        return false
    }
}

extension Substring {
    /// Without spaces, tabs and line ends at both ends.
    fileprivate var withoutBlanks: String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
        var bytes = utf8.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
