import Bytes
import Foundation
import Publisher
import Testing

@Suite("What did not change is not written again")
struct HardLinkTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
    }

    private static let kept = "public/index.html"
    private static let changed = "public/api/v2/courses/7/index.json"

    private func inode(_ id: String, _ path: String) throws -> UInt64 {
        try folder.inode("output/snapshots/\(id)/\(path)")
    }

    @Test("a file that is the same becomes a further name of the one before")
    func unchanged() async throws {
        let first = try await store.publish("one")
        let second = try await store.publish("two")
        #expect(try inode(first.snapshotID, Self.kept) == inode(second.snapshotID, Self.kept))
        #expect(try inode(first.snapshotID, Self.changed) != inode(second.snapshotID, Self.changed))
        // The home page and the internal course; the rest names the snapshot or its marker.
        #expect(second.filesKept == 2)
        // The list, the course, the manifest and snapshot.json; the course's other name is a link.
        #expect(second.filesWritten == 4)
        #expect(try await store.verify(second.snapshotID).differences.isEmpty)
    }

    @Test("a file that somebody wrote into is written anew, and the new snapshot is sound", arguments: [true, false])
    func edited(isSameSize: Bool) async throws {
        let first = try await store.publish("one")
        let path = folder.path("output/snapshots/\(first.snapshotID)/\(Self.kept)")
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.write(contentsOf: Data((isSameSize ? "<TITLE>" : "<title>Home</title> ").utf8))
        try file.close()
        #expect(try await store.verify().differences.map(\.path) == [Self.kept])
        let second = try await store.publish("two")
        #expect(second.filesKept == 1)
        #expect(try await store.verify(second.snapshotID).differences.isEmpty)
        #expect(try folder.text("output/current/\(Self.kept)") == "<title>Home</title>")
    }

    @Test("a file that not everybody can read any more is named, and written anew")
    func mode() async throws {
        let first = try await store.publish("one")
        let path = folder.path("output/snapshots/\(first.snapshotID)/\(Self.kept)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(
            try await store.verify().differences.map(\.description)
                == ["\(Self.kept) has the mode 600, with which not everybody can read it"])
        let second = try await store.publish("two")
        #expect(second.filesKept == 1)
        #expect(try await store.verify(second.snapshotID).differences == [])
    }

    @Test("a file that was taken away, or replaced by a link, is written anew", arguments: [true, false])
    func missing(isLink: Bool) async throws {
        let first = try await store.publish("one")
        let name = "output/snapshots/\(first.snapshotID)/\(Self.kept)"
        try FileManager.default.removeItem(atPath: folder.path(name))
        if isLink { try folder.link(name, to: "/etc/hostname") }
        _ = try await store.publish("two")
        #expect(try folder.text("output/current/\(Self.kept)") == "<title>Home</title>")
        #expect(try await store.verify().differences.isEmpty)
    }

    @Test("without a manifest that can be read, everything is written anew", arguments: [nil, "rubbish\n", "a\t1\n"])
    func noManifest(text: String?) async throws {
        let first = try await store.publish("one")
        let name = "output/snapshots/\(first.snapshotID)/files.tsv"
        try FileManager.default.removeItem(atPath: folder.path(name))
        if let text { try folder.write(text, to: name) }
        let second = try await store.publish("two")
        #expect(second.filesKept == 0)
        #expect(try await store.verify(second.snapshotID).differences.isEmpty)
    }
}

/// A web server makes the ETag of a file's second and size.
@Suite("The seconds that files bear")
struct StampTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
    }

    /// The second of a file of the served snapshot, counted from the instant of the tests.
    private func second(_ name: String) throws -> Int64 {
        var status = stat()
        try #require(stat(folder.path("output/current/\(name)"), &status) == 0)
        return Int64(status.st_mtim.tv_sec) - SmallSnapshot.now.wholeSeconds
    }

    @Test("those written by a snapshot bear its second, the others keep theirs")
    func seconds() async throws {
        _ = try await store.publish("one")
        #expect(try second("public/index.html") == 0)
        _ = try await store.publish("two", now: SmallSnapshot.now.adding(seconds: 100))
        #expect(try second("public/index.html") == 0)
        #expect(try second("public/api/v2/courses/7/index.json") == 100)
        #expect(try second("files.tsv") == 100)
    }

    @Test("no two snapshots have one second, be they published in one or with the clock set back by a year")
    func increasing() async throws {
        _ = try await store.publish("one")
        _ = try await store.publish("two")
        #expect(try second("public/api/v2/courses/7/index.json") == 1)
        _ = try await store.publish("ten", now: SmallSnapshot.now.adding(seconds: -31_536_000))
        #expect(try second("public/api/v2/courses/7/index.json") == 2)
        #expect(try await store.verify().differences.isEmpty)
        // Files of equal size and different bytes at one path: never of one second, also after a rollback.
        _ = try await store.rollback()
        _ = try store.release()
        _ = try await store.publish("six", now: SmallSnapshot.now.adding(seconds: -31_536_000))
        #expect(try second("public/api/v2/courses/7/index.json") == 3)
    }

    @Test("a file equal to one that is kept under another path is written with the new second")
    func otherPath() async throws {
        func snapshot(_ other: String) async throws -> FinishedSnapshot {
            try await FinishedSnapshot([
                .init(path: "public/a", body: .init(Array("same".utf8))),
                .init(path: "public/b", body: .init(Array(other.utf8))),
            ])
        }
        _ = try await store.publish(try await snapshot("else"))
        _ = try await store.publish(try await snapshot("same"))
        #expect(try second("public/a") == 0)
        #expect(try second("public/b") == 1)
    }
}
