import Bytes
import Glibc
import Snapshot

/// Writes the files of one snapshot into a new, empty folder.
struct SnapshotFiles: ~Copyable {
    /// The list of the files, and what `verify` compares them with.
    static let manifest = "files.tsv"
    /// What the snapshot says about itself; written last.
    static let document = "snapshot.json"

    let root: Folder
    /// The second that files bear.
    private let stamp: Timestamp
    private(set) var filesWritten = 0
    private(set) var filesKept = 0
    private(set) var bytesWritten = 0
    /// The first file written with these bytes; the others become further names of it.
    ///
    /// Not one that was taken over from the snapshot before: its time, and so its ETag, could be one that the other's path
    /// has had with other bytes.
    private var written: [Digest: String] = [:]

    init(root: consuming Folder, stamp: Timestamp) {
        self.root = root
        self.stamp = stamp
    }

    /// Writes all files, the documents about the snapshot last.
    mutating func write(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, after predecessor: borrowing Predecessor?,
        pass: (PublishStep) -> Void
    ) throws(PublishError) {
        let unchanged = snapshot.unchangedFiles(since: predecessor)
        var scratch: [UInt8] = []
        var previous = ""
        for (place, file) in snapshot.files.enumerated() {
            // Sorted paths bring all files of a folder, and of those below it, together.
            try root.createFolders(of: file.path, after: previous)
            if unchanged[place], predecessor.link(file, into: root) {
                filesKept += 1
            } else {
                try write(file, id: snapshot.id, scratch: &scratch)
            }
            previous = file.path
            pass(.file)
        }
        try create(Self.manifest, ArtifactBody(snapshot.manifest.bytes), id: snapshot.id, scratch: &scratch)
        try create(
            Self.document, ArtifactBody(document.json(snapshotID: snapshot.id)), id: snapshot.id, scratch: &scratch)
    }

    private mutating func write(
        _ file: FinishedSnapshot.File, id: String, scratch: inout [UInt8]
    ) throws(PublishError) {
        if let first = written[file.digest], linkat(root.descriptor, first, root.descriptor, file.path, 0) == 0 {
            return
        }
        // The first with its bytes; or the file system has no hard links, or too many of that file already.
        written[file.digest] = file.path
        try create(file.path, file.body, id: id, scratch: &scratch)
    }

    private mutating func create(
        _ path: String, _ body: ArtifactBody, id: String, scratch: inout [UInt8]
    ) throws(PublishError) {
        bytesWritten += try body.withBytes(snapshotID: id.utf8, scratch: &scratch) { (bytes) throws(PublishError) in
            try root.createFile(path, bytes, stamp: stamp)
            return bytes.count
        }
        filesWritten += 1
    }
}

extension FinishedSnapshot {
    /// For each file, whether the snapshot before has the same at the same path.
    fileprivate func unchangedFiles(since predecessor: borrowing Predecessor?) -> [Bool] {
        var unchanged = Array(repeating: false, count: files.count)
        manifest.compare(with: predecessor.manifest) { change in
            if case .unchanged(let place) = change { unchanged[place] = true }
        }
        return unchanged
    }
}

extension Optional where Wrapped == Predecessor {
    fileprivate var manifest: Manifest {
        switch self {
        case .some(let predecessor): predecessor.manifest
        case .none: Manifest()
        }
    }

    fileprivate func link(_ file: FinishedSnapshot.File, into folder: borrowing Folder) -> Bool {
        switch self {
        case .some(let predecessor): predecessor.link(file.path, size: file.size, into: folder)
        case .none: false
        }
    }
}
