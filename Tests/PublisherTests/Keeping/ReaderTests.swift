import Bytes
import Foundation
import Publisher
import Snapshot
import Synchronization
import Testing

@Suite("A reader among publications")
struct ReaderTests {
    private static let pages = 5
    private static let itemsOnPage = 3

    /// A paged list all of whose items bear `marker`.
    private static func snapshot(_ marker: Int) async throws -> FinishedSnapshot {
        var artifacts: [Artifact] = []
        for page in 1...pages {
            let items = (0..<itemsOnPage).map { "{\"id\":\(page * 10 + $0),\"marker\":\(marker)}" }
            let results = Array("\"results\":[\(items.joined(separator: ","))]}".utf8)[...]
            let body = ArtifactBody(
                pieces: page == pages
                    ? [.bytes(Array("{\"next\":null,".utf8)[...]), .bytes(results)]
                    : [
                        .bytes(Array("{\"next\":\"/_s/".utf8)[...]), .snapshotID,
                        .bytes(Array("/api/v2/courses/page/\(page + 1)/\",".utf8)[...]), .bytes(results),
                    ])
            if page == 1 { artifacts.append(Artifact(path: "public/api/v2/courses/index.json", body: body)) }
            artifacts.append(Artifact(path: "public/api/v2/courses/page/\(page)/index.json", body: body))
        }
        return try await FinishedSnapshot(artifacts)
    }

    /// Walks the list as a web server's client does, and returns the markers of all items.
    private static func walk(_ folder: TemporaryFolder) throws -> [Int] {
        var markers: [Int] = []
        var path = "output/current/public/api/v2/courses/index.json"
        while true {
            let page = try JSONValue(parsing: Array(folder.text(path).utf8))
            markers += (page["results"]?.array ?? []).compactMap { $0["marker"]?.int }
            guard let next = page["next"]?.string else { return markers }
            // `/_s/<id>/<path>` is the same path in the snapshot of that id.
            let parts = next.split(separator: "/", maxSplits: 2).map(String.init)
            path = "output/snapshots/\(parts[1])/public/\(parts[2])index.json"
        }
    }

    @Test("who walks the pages during 200 publications always gets one whole list")
    func walking() async throws {
        let folder = try TemporaryFolder()
        let store = SnapshotStore(directory: folder.path("output"))
        _ = try await store.publish(try await Self.snapshot(0))
        let isDone = Atomic(false)
        async let walks = {
            var seen: Set<Int> = []
            var count = 0
            while !isDone.load(ordering: .acquiring) {
                let markers = try Self.walk(folder)
                #expect(markers.count == Self.pages * Self.itemsOnPage)
                #expect(Set(markers).count == 1, "a list of several snapshots")
                seen.formUnion(markers)
                count += 1
            }
            return (count: count, seen: seen)
        }()
        for number in 1...200 {
            _ = try await store.publish(try await Self.snapshot(number))
            // Let the reader in, on however few cores.
            await Task.yield()
        }
        isDone.store(true, ordering: .releasing)
        let result = try await walks
        #expect(result.count > 1)
        #expect(try Self.walk(folder).allSatisfy { $0 == 200 })
    }
}
