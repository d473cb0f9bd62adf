import Bytes
import CLinux
import Glibc

/// Reads the files of one snapshot and compares each with its line of the manifest.
struct FileVerifier: Sendable {
    let folder: Folder
    private let id: String
    /// What a file that names the snapshot has in it.
    private let link: [UInt8]

    /// What reading a file came to.
    struct Reading: Sendable {
        let path: String
        /// How many bytes it has; nil when it could not be read.
        var size: Int?
        /// The digest that the snapshot's id follows from; nil when the file is not what was published.
        var digest: Digest?
        /// What is wrong with it, in words that follow the path.
        var problem: String?
    }

    init(folder: Folder, id: String) {
        self.folder = folder
        self.id = id
        link = SnapshotID.linkPrefix + Array(id.utf8)
    }

    /// The manifest; without lines when it cannot be used, which is then reported.
    func manifest(_ result: inout Verification) -> Manifest {
        let file = contents(of: SnapshotFiles.manifest)
        if let problem = file.problem { result.report(SnapshotFiles.manifest, problem) }
        guard let bytes = file.bytes else { return Manifest() }
        if let manifest = Manifest(parsing: bytes) { return manifest }
        result.report(SnapshotFiles.manifest, "is not of its form")
        return Manifest()
    }

    /// Reports what is wrong with what the snapshot says about itself.
    func checkDocument(_ result: inout Verification) {
        let file = contents(of: SnapshotFiles.document)
        if let problem = file.problem { result.report(SnapshotFiles.document, problem) }
        guard let bytes = file.bytes, SnapshotDocument(parsing: bytes, snapshotID: id) == nil else { return }
        result.report(SnapshotFiles.document, "is not of its form, or is another snapshot's")
    }

    /// The readings of all files of the manifest, in its order.
    func check(_ manifest: Manifest) async -> [Reading] {
        await withTaskGroup(of: (Int, [Reading]).self) { group in
            for start in stride(from: 0, to: manifest.lines.count, by: Self.filesAtATime) {
                group.addTask {
                    let lines = manifest.lines[start..<min(start + Self.filesAtATime, manifest.lines.count)]
                    return (start, lines.map { check($0, of: manifest) })
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    private static let filesAtATime = 1024

    private func check(_ line: Manifest.Line, of manifest: Manifest) -> Reading {
        let path = manifest.pathText(of: line)
        let file = contents(of: path)
        var reading = Reading(path: path, size: file.bytes?.count, problem: file.problem)
        guard let bytes = file.bytes else { return reading }
        let size = manifest.size(of: line) ?? 0
        guard bytes.count == size else {
            reading.problem = "has \(bytes.count) bytes and was published with \(size)"
            return reading
        }
        let found = SHA256.hash(bytes)
        guard found == manifest.digest(of: line) else {
            reading.problem = "has other bytes than were published"
            return reading
        }
        reading.digest = openDigest(of: bytes) ?? found
        return reading
    }

    /// The bytes of the file at `path`, nil when they cannot be had, and what is wrong.
    private func contents(of path: String) -> (bytes: [UInt8]?, problem: String?) {
        do {
            guard let bytes = try folder.contents(of: path) else { return (nil, "is missing") }
            guard let mode = try folder.status(of: path)?.st_mode, mode & 0o444 != 0o444 else { return (bytes, nil) }
            return (bytes, "has the mode \(String(mode & 0o777, radix: 8)), with which not everybody can read it")
        } catch {
            return (nil, "cannot be read: \(error.reason)")
        }
    }

    /// The digest with the placeholder where the bytes name the snapshot; nil when they do not.
    private func openDigest(of bytes: [UInt8]) -> Digest? {
        let places = bytes.places(of: link)
        guard !places.isEmpty else { return nil }
        var sha = SHA256()
        var start = 0
        for place in places {
            let idStart = place + SnapshotID.linkPrefix.count
            sha.update(bytes[start..<idStart])
            sha.update(SnapshotID.placeholder)
            start = place + link.count
        }
        sha.update(bytes[start...])
        return sha.finalize()
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
