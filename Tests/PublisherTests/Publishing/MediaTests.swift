import Bytes
import Foundation
import Publisher
import Snapshot
import Testing

@Suite("Files of the media storage become part of a snapshot without being copied")
struct MediaTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
        try folder.write("a dome", to: "media/original_images/dome.png")
    }

    private static let key = "original_images/dome.png"
    private static let path = "public/media/original_images/dome.png"

    private func media() throws -> MediaFolder { try MediaFolder(folder.path("media")) }

    private func publish(_ file: MediaFile?, marker: String = "one") async throws -> PublishOutcome {
        let file = try #require(file)
        let artifacts = SmallSnapshot.artifacts(marker: marker) + [Artifact(path: Self.path, body: ArtifactBody(file))]
        return try await store.publish(try await FinishedSnapshot(artifacts))
    }

    @Test("an image is one more name of the file in the storage, with its digest in the manifest")
    func link() async throws {
        let outcome = try await publish(try media().file(Self.key, at: Self.path, knownFrom: nil))
        #expect(try folder.inode("output/current/\(Self.path)") == folder.inode("media/\(Self.key)"))
        #expect(outcome.filesKept == 1)
        #expect(try await store.verify().differences.isEmpty)
    }

    @Test("a file that a web server could not read is copied")
    func unreadableForOthers() async throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("media/\(Self.key)"))
        _ = try await publish(try media().file(Self.key, at: Self.path, knownFrom: nil))
        #expect(try folder.inode("output/current/\(Self.path)") != folder.inode("media/\(Self.key)"))
        #expect(try folder.text("output/current/\(Self.path)") == "a dome")
        #expect(try await store.verify().differences.isEmpty)
    }

    private func setTime(_ time: Date) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: time], ofItemAtPath: folder.path("media/\(Self.key)"))
    }

    @Test("what the snapshot before has is not read again, unless it is another file by now")
    func known() async throws {
        let longAgo = Date(timeIntervalSince1970: 1_000_000_000)
        try setTime(longAgo)
        _ = try await publish(try media().file(Self.key, at: Self.path, knownFrom: nil))
        let output = try #require(try store.lock())
        let known = try #require(KnownFiles(servedBy: output))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("media/\(Self.key)")))
        try file.write(contentsOf: Data("A".utf8))
        try file.close()
        let (original, edited) = (SHA256.hash(Array("a dome".utf8)), SHA256.hash(Array("A dome".utf8)))
        // Written into, it is read anew; with its old time, nobody could tell, and it is not.
        #expect(try media().file(Self.key, at: Self.path, knownFrom: known)?.digest == edited)
        try setTime(longAgo)
        #expect(try media().file(Self.key, at: Self.path, knownFrom: known)?.digest == original)
        try FileManager.default.removeItem(atPath: folder.path("media/\(Self.key)"))
        try folder.write("a tower", to: "media/\(Self.key)")
        let tower = SHA256.hash(Array("a tower".utf8))
        #expect(try media().file(Self.key, at: Self.path, knownFrom: known)?.digest == tower)
    }

    @Test("a file that is exchanged while it is published ends the run, and what was served stays")
    func exchanged() async throws {
        let file = try media().file(Self.key, at: Self.path, knownFrom: nil)
        try FileManager.default.removeItem(atPath: folder.path("media/\(Self.key)"))
        try folder.write("a tower", to: "media/\(Self.key)")
        let before = try await store.publish("before")
        await #expect(throws: PublishError.self) { try await publish(file) }
        #expect(try store.list().map(\.id) == [before.snapshotID])
    }

    @Test(
        "a key never leads out of the storage",
        arguments: [
            "../secret", "/etc/passwd", "a/../../secret", "", ".", "link", "original_images", "a//b", "missing",
        ])
    func outside(key: String) throws {
        try folder.write("secret", to: "secret")
        try folder.link("media/link", to: "../secret")
        #expect(try media().has(key) == false)
        #expect(try media().file(key, at: Self.path, knownFrom: nil) == nil)
    }

    @Test("a storage that is not there is named")
    func missing() {
        let path = folder.path("nowhere")
        let error = #expect(throws: PublishError.self) { try MediaFolder(path) }
        #expect(error?.description == "cannot open \(path): No such file or directory; check --media")
    }
}
