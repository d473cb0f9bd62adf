import CCurl

/// How far a body that is read piece by piece has been sent.
final class CurlSource {
    private let source: BodySource
    private var position = 0
    private(set) var hasFailed = false

    init(_ source: BodySource) {
        self.source = source
    }

    /// Copies the next piece; nil when it cannot be read. A body that ends too early cannot, since its length was told.
    func copy(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, source.length - position)
        guard wanted > 0 else { return 0 }
        guard let count = source.read(position, UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])), count > 0
        else {
            hasFailed = true
            return nil
        }
        position += count
        return count
    }

    /// libcurl begins again, on another connection.
    func seek(to position: Int) -> Bool {
        guard (0...source.length).contains(position) else { return false }
        self.position = position
        return true
    }
}
