import Foundation
import Publisher
import Testing

@Suite("Verifying")
struct VerifyTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() async throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
        _ = try await store.publish("one")
    }

    private func differences() async throws -> [String] {
        try await store.verify().differences.map(\.description)
    }

    @Test("finds nothing in a sound snapshot, and counts what it has read")
    func sound() async throws {
        let result = try await store.verify()
        #expect(result.differences.isEmpty)
        #expect(result.files == 5)
        #expect(result.bytes > 100)
        #expect(try await store.verify(result.snapshotID).files == 5)
    }

    @Test("names every file that was changed, cut, taken away, added or replaced")
    func damaged() async throws {
        let current = "output/current"
        try folder.write("<title>Hoax</title>", to: "\(current)/public/index.html")
        try folder.write("{", to: "\(current)/internal/api/internal/courses/7/index.json")
        try FileManager.default.removeItem(atPath: folder.path("\(current)/public/api/v2/courses/index.json"))
        try folder.write("?", to: "\(current)/public/api/v2/courses/8/index.json")
        try folder.write("?", to: "\(current)/note")
        try FileManager.default.removeItem(
            atPath: folder.path("\(current)/public/api/v2/courses/course-v1:MITx+3.99x/index.json"))
        try folder.link("\(current)/public/api/v2/courses/course-v1:MITx+3.99x/index.json", to: "../7/index.json")
        #expect(
            try await differences() == [
                "internal/api/internal/courses/7/index.json has 1 bytes and was published with 2",
                "note was not published",
                "public/api/v2/courses/8/index.json was not published",
                "public/api/v2/courses/course-v1:MITx+3.99x/index.json cannot be read: Too many levels of symbolic links",
                "public/api/v2/courses/index.json is missing",
                "public/index.html has other bytes than were published",
            ])
    }

    @Test("finds a file that was changed together with its line of the manifest: the id does not follow from it")
    func forged() async throws {
        let forged = try await SmallSnapshot.finished(marker: "two")
        let other = SnapshotStore(directory: folder.path("other"))
        let id = try await other.publish(forged).snapshotID
        let served = try #require(try store.list().first).id
        for name in ["files.tsv", "public/api/v2/courses/7/index.json"] {
            let text = try folder.text("other/snapshots/\(id)/\(name)")
            try folder.write(text, to: "output/snapshots/\(served)/\(name)")
        }
        // The list names the other snapshot's id; with it put right the files agree with the manifest.
        let list = "public/api/v2/courses/index.json"
        try folder.write(
            try folder.text("other/snapshots/\(id)/\(list)"), to: "output/snapshots/\(served)/\(list)")
        #expect(
            try await differences() == [
                "files.tsv does not belong to this snapshot: its id does not follow from these files"
            ])
    }

    @Test("names a manifest or a snapshot.json that is missing or not of its form")
    func aboutTheSnapshot() async throws {
        try folder.write("x\t1\tabc\n", to: "output/current/files.tsv")
        try folder.write("{\"schema\":1}", to: "output/current/snapshot.json")
        #expect(
            try await differences().filter { $0.contains(".tsv") || $0.contains("snapshot.json") } == [
                "files.tsv is not of its form", "snapshot.json is not of its form, or is another snapshot's",
            ])
        for name in ["files.tsv", "snapshot.json"] {
            try FileManager.default.removeItem(atPath: folder.path("output/current/\(name)"))
        }
        #expect(try await Set(differences()).isSuperset(of: ["files.tsv is missing", "snapshot.json is missing"]))
    }

    @Test("something else in the place of the manifest or of snapshot.json is named too")
    func obstructed() async throws {
        for name in ["files.tsv", "snapshot.json"] {
            try FileManager.default.removeItem(atPath: folder.path("output/current/\(name)"))
            try folder.write("", to: "output/current/\(name)/file")
        }
        let found = try await differences()
        #expect(found.contains("files.tsv cannot be read: it is no regular file"))
        #expect(found.contains("snapshot.json cannot be read: it is no regular file"))
    }

    @Test("of a snapshot that is not kept, or of an output that nothing was published into, says so")
    func unknown() async throws {
        for id in ["0123456789abcdef", "..", "", "notes"] {
            let error = await #expect(throws: PublishError.self) { try await store.verify(id) }
            #expect(error?.code == .unknownSnapshot)
        }
        let nowhere = await #expect(throws: PublishError.self) {
            try await SnapshotStore(directory: folder.path("nowhere")).verify()
        }
        #expect(nowhere?.code == .noOutput)
        try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: true)
        let empty = #expect(throws: PublishError.self) { try SnapshotStore(directory: folder.path("empty")).list() }
        #expect(empty?.code == .noOutput)
    }
}
