import Bytes
import Foundation
import Publisher
import Snapshot
import Testing

@Suite("Fragments outside memory")
struct SpillFileTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
    }

    @Test("give the bytes that they would have in memory, and the same snapshot")
    func bytes() async throws {
        let output = try #require(try store.lock())
        let spill = try #require(output.spillFile())
        // A file without a name: a process that is killed leaves nothing.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("output/snapshots")) == [])
        let texts = (0..<100).map {
            Array("{\"id\":\($0),\"text\":\"\(String(repeating: "é", count: $0 * 50))\"}".utf8)
        }
        func artifacts(_ fragment: ([UInt8]) -> Fragment?) throws -> [Artifact] {
            try texts.enumerated().map { number, text in
                Artifact(path: "public/\(number).json", body: ArtifactBody(try #require(fragment(text))))
            }
        }
        let outside = try artifacts { spill.fragment(of: [$0[..<3], $0[3...]]) }
        let memory = try artifacts { Fragment($0) }
        #expect(outside.map { $0.body.bytes(snapshotID: "") } == texts)
        let snapshot = try await FinishedSnapshot(outside)
        #expect(snapshot.id == (try await FinishedSnapshot(memory)).id)
        let outcome = try await output.publish(
            snapshot, document: SmallSnapshot.document, options: PublishOptions(now: SmallSnapshot.now), spill: spill)
        #expect(outcome.action == .published)
        #expect(try await store.verify().differences == [])
    }

    @Test("from many tasks at once keep apart")
    func concurrent() async throws {
        let output = try #require(try store.lock())
        let spill = try #require(output.spillFile())
        let bodies = try await withThrowingTaskGroup(of: (Int, Fragment).self) { group in
            for number in 0..<64 {
                group.addTask { (number, try #require(spill.fragment(of: [Array("\(number)".utf8)[...]]))) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = ArtifactBody($1.1) }
        }
        for (number, body) in bodies { #expect(body.bytes(snapshotID: "") == Array("\(number)".utf8)) }
    }
}
