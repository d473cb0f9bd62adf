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
    private(set) var filesWritten = 0
    private(set) var bytesWritten = 0
    /// The first file with these bytes; the others become further names of it.
    private var written: [Digest: String] = [:]

    init(root: consuming Folder) {
        self.root = root
    }

    /// Writes all files, the documents about the snapshot last.
    mutating func write(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, pass: (PublishStep) -> Void
    ) throws(PublishError) {
        written.reserveCapacity(snapshot.files.count)
        var scratch: [UInt8] = []
        var previous = ""
        for file in snapshot.files {
            // Sorted paths bring all files of a folder, and of those below it, together.
            try root.createFolders(of: file.path, after: previous)
            try write(file, id: snapshot.id, scratch: &scratch)
            previous = file.path
            pass(.file)
        }
        try create(Self.manifest, ArtifactBody(snapshot.manifest), id: snapshot.id, scratch: &scratch)
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
            try root.createFile(path, bytes)
            return bytes.count
        }
        filesWritten += 1
    }
}
