import Bytes
import Glibc
import Snapshot
import Synchronization

/// Writes the files of one snapshot into a new, empty folder.
struct SnapshotFiles: Sendable {
    /// The list of the files, and what `verify` compares them with.
    static let manifest = "files.tsv"
    /// What the snapshot says about itself; written last.
    static let document = "snapshot.json"

    let root: Folder
    private let id: [UInt8]
    /// The second that files bear.
    private let stamp: Timestamp
    private let predecessor: Predecessor?

    /// What was done with the files.
    struct Tally: Sendable {
        /// How many were written.
        var written = 0
        /// How many became a further name of a file of the snapshot before, or of the media storage.
        var kept = 0
        /// How many bytes were written.
        var bytes = 0

        static func += (sum: inout Tally, other: Tally) {
            sum.written += other.written
            sum.kept += other.kept
            sum.bytes += other.bytes
        }
    }

    init(root: Folder, id: String, stamp: Timestamp, predecessor: Predecessor?) {
        self.root = root
        self.id = Array(id.utf8)
        self.stamp = stamp
        self.predecessor = predecessor
    }

    /// Writes all files, the documents about the snapshot last.
    func write(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, pass: @escaping @Sendable (PublishStep) -> Void
    ) async throws(PublishError) -> Tally {
        let plan = FilePlan(snapshot, since: predecessor?.manifest)
        var tally = Tally()
        // First what has bytes of its own, then the further names of it, each on all cores.
        for isLink in [false, true] {
            tally += try await inParallel(snapshot.files.count) { range throws(PublishError) in
                try place(snapshot.files, range, by: plan, links: isLink, pass: pass)
            }
        }
        tally += try create(Self.manifest, ArtifactBody(snapshot.manifest.bytes))
        tally += try create(Self.document, ArtifactBody(document.json(snapshotID: snapshot.id)))
        return tally
    }

    /// Places the files of one part of the list, either those with bytes of their own or the links.
    private func place(
        _ files: [FinishedSnapshot.File], _ range: Range<Int>, by plan: FilePlan, links: Bool,
        pass: (PublishStep) -> Void
    ) throws(PublishError) -> Tally {
        var tally = Tally()
        var previous = ""
        for index in range where plan.isLink(index) == links {
            let file = files[index]
            // Sorted paths bring all files of a folder, and of those below it, together.
            try root.createFolders(of: file.path, after: previous)
            previous = file.path
            switch plan[index] {
            case .unchanged where predecessor?.link(file.path, size: file.size, into: root) ?? false: tally.kept += 1
            case .link(let first) where linkat(root.descriptor, files[first].path, root.descriptor, file.path, 0) == 0:
                break
            // The file system has no hard links, or too many of that file; or the one before is not what it was.
            default: tally += try create(file.path, file.body)
            }
            pass(.file)
        }
        return tally
    }

    private func create(_ path: String, _ body: ArtifactBody) throws(PublishError) -> Tally {
        if let media = body.existing as? MediaFile {
            if media.link(to: path, in: root) { return Tally(written: 0, kept: 1, bytes: 0) }
            guard media.isUnchanged else { throw PublishError(changedMedia: path) }
        }
        let size = try root.createFile(path, body, snapshotID: id, stamp: stamp)
        return Tally(written: 1, kept: 0, bytes: size)
    }

    /// Runs `work` on parts of `0..<count` at once.
    private func inParallel(
        _ count: Int, _ work: @escaping @Sendable (Range<Int>) throws(PublishError) -> Tally
    ) async throws(PublishError) -> Tally {
        // Not the task's own cancellation: that comes from outside as well, and files would be missing without an error.
        let failure = Flag()
        let results = await withTaskGroup(of: Result<Tally, PublishError>.self) { group in
            for start in stride(from: 0, to: count, by: Self.filesAtATime) {
                let range = start..<min(start + Self.filesAtATime, count)
                group.addTask {
                    do throws(PublishError) {
                        // What is left of the work is of no use to anybody.
                        return .success(failure.isSet.load(ordering: .relaxed) ? Tally() : try work(range))
                    } catch {
                        failure.isSet.store(true, ordering: .relaxed)
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var tally = Tally()
        for result in results { tally += try result.get() }
        return tally
    }

    private static let filesAtATime = 1024
}

private final class Flag: Sendable {
    let isSet = Atomic(false)
}
