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

/// The bytes of a file in pieces: pieces that several files share are kept once, and the snapshot's own id, which only
/// the finished snapshot has, is left open.
public struct ArtifactBody: Sendable {
    /// A piece of a file.
    public enum Piece: Sendable {
        /// Bytes as they are.
        case bytes(ArraySlice<UInt8>)
        /// The id of the snapshot that this file belongs to.
        case snapshotID
    }

    /// The pieces in order.
    public private(set) var pieces: [Piece]

    /// A file that holds `bytes`.
    public init(_ bytes: [UInt8]) {
        pieces = [.bytes(bytes[...])]
    }

    /// A file of `pieces`.
    public init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// The text that stands for the id while a snapshot's digest is computed (`spec/catalog.md` §5.5.1).
    public static let placeholder: StaticString = "@@SID@@"

    /// The whole file, with `id` wherever the snapshot's id stands.
    public func bytes(snapshotID id: String) -> [UInt8] {
        pieces.reduce(into: []) { bytes, piece in
            switch piece {
            case .bytes(let slice): bytes.append(contentsOf: slice)
            case .snapshotID: bytes.append(contentsOf: id.utf8)
            }
        }
    }
}
