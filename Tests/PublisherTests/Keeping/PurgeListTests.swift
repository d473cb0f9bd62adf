import Publisher
import Snapshot
import Testing

@Suite("What caches are to forget")
struct PurgeListTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
    }

    private func publish(_ files: [String: String]) async throws -> [String] {
        let artifacts = files.map { Artifact(path: $0.key, body: ArtifactBody(Array($0.value.utf8))) }
        return try await store.publish(try await FinishedSnapshot(artifacts)).purgeKeys
    }

    private func course(_ name: String) -> String { "public/api/v2/courses/\(name)/index.json" }
    private func program(_ name: String) -> String { "public/api/v2/programs/\(name)/index.json" }

    @Test("courses and programs whose document changed, came or went; nothing of other files")
    func keys() async throws {
        #expect(try await publish([course("a"): "1", course("b"): "1", program("p"): "1", course("7"): "1"]) == [])
        #expect(
            try await publish([
                course("a"): "2", course("b"): "1", course("c"): "1", course("7"): "2", course("q/a"): "2",
                course("page/1"): "2", "public/api/v2/courses/index.json": "2", "internal/api/internal/x": "2",
                "public/api/v2/empty.json": "1",
            ]) == ["mitxonline:course:a", "mitxonline:course:c", "mitxonline:program:p"])
    }

    @Test("the list grows until somebody takes it away")
    func list() async throws {
        _ = try await publish([course("a"): "1", course("b"): "1"])
        _ = try await publish([course("a"): "2", course("b"): "1"])
        #expect(try folder.text("output/purge.txt") == "mitxonline:course:a\n")
        _ = try await publish([course("a"): "3", course("b"): "2"])
        #expect(try folder.text("output/purge.txt") == "mitxonline:course:a\nmitxonline:course:b\n")
    }
}
