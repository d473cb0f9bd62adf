import Bytes
import CLinux
import Glibc

/// What reading every file of a snapshot came to.
public struct Verification: Sendable {
    /// The snapshot.
    public let snapshotID: String
    /// How many files were read.
    public internal(set) var files = 0
    /// How many bytes they have.
    public internal(set) var bytes = 0
    /// Everything that is not as it was published, in the order of paths; empty for a sound snapshot.
    public internal(set) var differences: [SnapshotDifference] = []
}

/// One thing in a snapshot's folder that is not as it was published.
public struct SnapshotDifference: Hashable, Sendable, CustomStringConvertible {
    /// The path below the snapshot's folder.
    public let path: String
    /// What is wrong with it, in words that follow the path: `is missing`.
    public let problem: String

    /// The path and what is wrong with it.
    public var description: String { "\(path) \(problem)" }
}

extension OutputFolder {
    /// Reads every file of the snapshot `id` and compares it with the manifest, and the manifest with the id, which is a
    /// digest of it: neither files nor manifest can be changed unnoticed.
    func verify(_ id: String) throws(PublishError) -> Verification {
        var verifier = Verifier(folder: try snapshots.openFolder(id), id: id)
        try verifier.verify()
        return verifier.result
    }
}

private struct Verifier: ~Copyable {
    let folder: Folder
    var result: Verification
    private let id: [UInt8]
    private var sha = SHA256()

    init(folder: Folder, id: String) {
        self.folder = folder
        self.id = Array(id.utf8)
        result = Verification(snapshotID: id)
    }

    mutating func verify() throws(PublishError) {
        let manifest = try readManifest()
        var expected: Set<ByteKey> = []
        for line in manifest.lines {
            let path = manifest.pathText(of: line)
            expected.insert(ByteKey(path))
            try check(path, size: manifest.size(of: line), digest: manifest.digest(of: line))
        }
        if result.differences.isEmpty, SnapshotID.text(of: takenDigest()) != result.snapshotID {
            report(SnapshotFiles.manifest, "does not belong to this snapshot: its id does not follow from these files")
        }
        try checkDocument()
        for name in [SnapshotFiles.manifest, SnapshotFiles.document] { expected.insert(ByteKey(name)) }
        // Without a manifest, every file would be a stranger.
        if !manifest.lines.isEmpty { try result.lookForForeign(in: folder, prefix: "", expected: expected) }
        result.differences.sort { ByteKey($0.path) < ByteKey($1.path) }
    }

    private mutating func report(_ path: String, _ problem: String) {
        result.report(path, problem)
    }

    /// The bytes of the file at `path`; nil when they cannot be had, which is then reported.
    private mutating func contents(of path: String) -> [UInt8]? {
        do {
            guard let bytes = try folder.contents(of: path) else {
                report(path, "is missing")
                return nil
            }
            if let mode = try folder.status(of: path)?.st_mode, mode & 0o444 != 0o444 {
                report(path, "has the mode \(String(mode & 0o777, radix: 8)), with which not everybody can read it")
            }
            return bytes
        } catch {
            report(path, "cannot be read: \(error.reason)")
            return nil
        }
    }

    private mutating func takenDigest() -> Digest {
        var empty = SHA256()
        swap(&empty, &sha)
        return empty.finalize()
    }

    private mutating func readManifest() throws(PublishError) -> Manifest {
        guard let bytes = contents(of: SnapshotFiles.manifest) else { return Manifest() }
        guard let manifest = Manifest(parsing: bytes) else {
            report(SnapshotFiles.manifest, "is not of its form")
            return Manifest()
        }
        return manifest
    }

    private mutating func checkDocument() throws(PublishError) {
        guard let bytes = contents(of: SnapshotFiles.document) else { return }
        if SnapshotDocument(parsing: bytes, snapshotID: result.snapshotID) == nil {
            report(SnapshotFiles.document, "is not of its form, or is another snapshot's")
        }
    }

    private mutating func check(_ path: String, size: Int?, digest: Digest?) throws(PublishError) {
        guard let bytes = contents(of: path) else { return }
        result.files += 1
        result.bytes += bytes.count
        guard bytes.count == size else {
            return report(path, "has \(bytes.count) bytes and was published with \(size ?? 0)")
        }
        let found = SHA256.hash(bytes)
        guard found == digest else { return report(path, "has other bytes than were published") }
        SnapshotID.add(path: path, digest: openDigest(of: bytes) ?? found, to: &sha)
    }

    /// The digest with the placeholder where the bytes name the snapshot; nil when they do not.
    private func openDigest(of bytes: [UInt8]) -> Digest? {
        let places = bytes.places(of: SnapshotID.linkPrefix + id)
        guard !places.isEmpty else { return nil }
        var sha = SHA256()
        var start = 0
        for place in places {
            let idStart = place + SnapshotID.linkPrefix.count
            sha.update(bytes[start..<idStart])
            sha.update(SnapshotID.placeholder)
            start = idStart + id.count
        }
        sha.update(bytes[start...])
        return sha.finalize()
    }
}

extension Verification {
    fileprivate mutating func report(_ path: String, _ problem: String) {
        differences.append(SnapshotDifference(path: path, problem: problem))
    }

    /// Reports every file and link below `folder` that is not `expected`.
    fileprivate mutating func lookForForeign(
        in folder: Folder, prefix: String, expected: Set<ByteKey>
    ) throws(PublishError) {
        for name in try folder.names() {
            let path = prefix + name
            guard let status = try folder.status(of: name) else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                try lookForForeign(in: try folder.openFolder(name), prefix: path + "/", expected: expected)
            } else if !expected.contains(ByteKey(path)) {
                report(path, "was not published")
            }
        }
    }
}

extension [UInt8] {
    /// Where `pattern` begins, each time that it occurs.
    fileprivate func places(of pattern: [UInt8]) -> [Int] {
        withUnsafeBytes { haystack in
            var places: [Int] = []
            var start = 0
            while start < haystack.count, let base = haystack.baseAddress,
                let found = memmem(base + start, haystack.count - start, pattern, pattern.count)
            {
                places.append(UnsafeRawPointer(found) - base)
                start = UnsafeRawPointer(found) - base + pattern.count
            }
            return places
        }
    }
}
