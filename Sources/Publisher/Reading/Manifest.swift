import Bytes

/// The manifest `files.tsv` of a snapshot: for each file one line with path, size in bytes and SHA-256 in hexadecimal
/// digits, separated by tabs, sorted by the bytes of the paths (`spec/catalog.md` §5.5.2).
struct Manifest: Sendable {
    /// The whole text.
    private(set) var bytes: [UInt8] = []
    private(set) var lines: [Line] = []

    /// Where a line and its parts stand in the text.
    struct Line: Sendable {
        fileprivate let start: UInt32
        fileprivate let pathEnd: UInt32
        fileprivate let sizeEnd: UInt32
        fileprivate let end: UInt32
    }

    /// No lines.
    init() {}

    /// The manifest of `files`, which are sorted by path.
    init(of files: [FinishedSnapshot.File]) {
        var buffer = ByteBuffer(capacity: files.count * 128)
        lines.reserveCapacity(files.count)
        for file in files {
            let start = UInt32(buffer.count)
            buffer.append(file.path)
            let pathEnd = UInt32(buffer.count)
            buffer.append("\t")
            buffer.append(file.size)
            let sizeEnd = UInt32(buffer.count)
            buffer.append("\t")
            buffer.append(file.digest)
            lines.append(Line(start: start, pathEnd: pathEnd, sizeEnd: sizeEnd, end: UInt32(buffer.count)))
            buffer.append("\n")
        }
        bytes = buffer.bytes
    }

    /// The manifest with this text; nil when a line is not of the form, or not behind the one before it.
    init?(parsing bytes: [UInt8]) {
        guard bytes.count <= UInt32.max, bytes.isEmpty || bytes.last == UInt8(ascii: "\n") else { return nil }
        self.bytes = bytes
        var start = 0
        while start < bytes.count {
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")),
                let pathEnd = bytes[start..<end].firstIndex(of: UInt8(ascii: "\t")),
                let sizeEnd = bytes[(pathEnd + 1)..<end].firstIndex(of: UInt8(ascii: "\t")), pathEnd > start,
                end - sizeEnd == 65
            else { return nil }
            let line = Line(
                start: UInt32(start), pathEnd: UInt32(pathEnd), sizeEnd: UInt32(sizeEnd), end: UInt32(end))
            if let last = lines.last, !path(of: last).lexicographicallyPrecedes(path(of: line)) { return nil }
            guard size(of: line) != nil, digest(of: line) != nil else { return nil }
            lines.append(line)
            start = end + 1
        }
    }

    /// The bytes of the path.
    func path(of line: Line) -> ArraySlice<UInt8> { bytes[Int(line.start)..<Int(line.pathEnd)] }

    /// The path as text.
    func pathText(of line: Line) -> String { String(decoding: path(of: line), as: UTF8.self) }

    /// The size in bytes.
    func size(of line: Line) -> Int? {
        Int(String(decoding: bytes[Int(line.pathEnd + 1)..<Int(line.sizeEnd)], as: UTF8.self))
    }

    /// The digest of the bytes on disk.
    func digest(of line: Line) -> Digest? {
        Digest(hex: String(decoding: bytes[Int(line.sizeEnd + 1)..<Int(line.end)], as: UTF8.self))
    }

    /// Size and digest as written: equal for equal files.
    fileprivate func content(of line: Line) -> ArraySlice<UInt8> { bytes[Int(line.pathEnd)..<Int(line.end)] }
}

extension Manifest {
    /// What became of a path from one manifest to another.
    enum Change {
        /// The file is the same; its place in the new manifest.
        case unchanged(Int)
        /// The file is new or has other bytes; its place in the new manifest.
        case written(Int)
        /// The file is gone; its place in the old manifest.
        case removed(Int)
    }

    /// Goes through this manifest and an `older` one side by side, path by path.
    func compare(with older: Manifest, _ body: (Change) -> Void) {
        var old = 0
        for (new, line) in lines.enumerated() {
            let path = path(of: line)
            while old < older.lines.count, older.path(of: older.lines[old]).lexicographicallyPrecedes(path) {
                body(.removed(old))
                old += 1
            }
            guard old < older.lines.count, older.path(of: older.lines[old]) == path else {
                body(.written(new))
                continue
            }
            body(older.content(of: older.lines[old]) == content(of: line) ? .unchanged(new) : .written(new))
            old += 1
        }
        while old < older.lines.count {
            body(.removed(old))
            old += 1
        }
    }
}
