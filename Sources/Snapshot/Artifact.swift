import Bytes

/// One file of a snapshot: its path and its bytes.
public struct Artifact: Sendable {
    /// The path below the snapshot's folder, beginning with the root it belongs to: `public/api/v2/courses/index.json`.
    ///
    /// Parts are separated by `/`; none is empty, `.` or `..`, and none is longer than 255 bytes.
    public let path: String
    /// What the file holds.
    public let body: ArtifactBody

    /// A file at `path` that holds `body`.
    public init(path: String, body: ArtifactBody) {
        self.path = path
        self.body = body
    }
}

/// The bytes of a file in pieces: what several files share is kept once, and the snapshot's own id, which only the finished
/// snapshot has, is left open.
public struct ArtifactBody: Sendable {
    /// A piece of a file.
    public enum Piece: Sendable {
        /// Bytes as they are.
        case bytes(ArraySlice<UInt8>)
        /// A JSON value that other files have too.
        case fragment(Fragment)
        /// The id of the snapshot that this file belongs to.
        case snapshotID
    }

    /// The pieces in order.
    public let pieces: [Piece]
    /// The file that has these bytes already, and of which a snapshot takes a further name; nil for most.
    public let existing: (any ExistingFile)?

    /// A file that holds `bytes`.
    public init(_ bytes: [UInt8]) {
        self.init(pieces: [.bytes(bytes[...])])
    }

    /// A file that holds `fragment` alone.
    public init(_ fragment: Fragment) {
        self.init(pieces: [.fragment(fragment)])
    }

    /// A file of `pieces`.
    public init(pieces: [Piece]) {
        self.pieces = pieces
        existing = nil
    }

    /// The bytes of a file that is there already.
    public init(_ file: any ExistingFile) {
        pieces = [.fragment(Fragment(in: file, place: 0, count: file.size))]
        existing = file
    }

    /// The text that stands for the id while a snapshot's digest is computed (`spec/catalog.md` §5.5.1).
    public static let placeholder = Array("@@SID@@".utf8)

    /// Whether the file names the snapshot.
    public var namesSnapshot: Bool {
        pieces.contains { if case .snapshotID = $0 { true } else { false } }
    }

    /// Calls `work` with the bytes, run by run, `id` standing for the snapshot's.
    public func forEachRun<Failure: Error>(
        snapshotID id: [UInt8], _ work: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        for piece in pieces {
            switch piece {
            case .bytes(let slice): try slice.withRun(work)
            case .fragment(let fragment): try fragment.forEachRun(work)
            case .snapshotID: try id[...].withRun(work)
            }
        }
    }

    /// The whole file, with `id` wherever the snapshot's id stands.
    public func bytes(snapshotID id: String) -> [UInt8] {
        var bytes: [UInt8] = []
        forEachRun(snapshotID: Array(id.utf8)) { bytes.append(contentsOf: $0) }
        return bytes
    }
}

extension ArraySlice<UInt8> {
    /// The same as `withUnsafeBytes`, with the error's type.
    func withRun<Failure: Error>(
        _ work: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try withUnsafeBufferPointer { (bytes) throws(Failure) in try work(UnsafeRawBufferPointer(bytes)) }
    }
}
