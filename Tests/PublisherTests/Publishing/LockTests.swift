import Foundation
import Publisher
import Testing

@Suite("Two publishers")
struct LockTests {
    let folder: TemporaryFolder
    let out: String

    init() throws {
        folder = try TemporaryFolder()
        out = folder.path("output")
    }

    @Test("while another holds the output: busy, and nothing is touched, leftovers included")
    func busy() async throws {
        try folder.write("of the other", to: "output/snapshots/.tmp-1/public/file")
        let lock = open("\(out)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        try #require(lock >= 0)
        try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let before = try folder.listing()
        let store = SnapshotStore(directory: out)
        let isFree = try store.lock() != nil
        #expect(!isFree)
        #expect(try folder.listing() == before)

        close(lock)
        #expect(try await store.publish("one").action == .published)
    }

    @Test("many at once: each is done or busy, and what is served is complete")
    func race() async throws {
        let out = out
        let outcomes = try await withThrowingTaskGroup(of: PublishOutcome?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    do {
                        return try await SnapshotStore(directory: out).publish("marker \(number % 4)")
                    } catch is Busy {
                        return nil
                    }
                }
            }
            return try await group.reduce(into: [PublishOutcome]()) { if let outcome = $1 { $0.append(outcome) } }
        }
        #expect(outcomes.contains { $0.action == .published })
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(out)/snapshots")
        let published = Set(outcomes.filter { $0.action == .published }.map(\.snapshotID))
        #expect(Set(names) == published)
        let files = try names.map { try folder.listing("output/snapshots/\($0)").count }
        #expect(Set(files).count == 1)
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(out)/current")
        #expect(published.contains(String(target.dropFirst("snapshots/".count))))
    }
}
