import Bytes
import Foundation
import Publisher
import Testing

@Suite("Old snapshots")
struct PruneTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
    }

    /// The number of snapshots that are kept after each of ten publications, `hours` apart.
    private func counts(hoursApart hours: Int64, _ change: (inout PublishOptions) -> Void = { _ in }) async throws
        -> [Int]
    {
        var counts: [Int] = []
        for number in 0..<10 {
            _ = try await store.publish("\(number)", now: Self.instant(hours: hours * Int64(number)), change)
            counts.append(try store.list().count)
        }
        return counts
    }

    private static func instant(hours: Int64) -> Timestamp {
        SmallSnapshot.now.adding(seconds: hours * 3600)
    }

    @Test("the last five are kept, and everything served within a day")
    func usual() async throws {
        #expect(try await counts(hoursApart: 48) == [1, 2, 3, 4, 5, 5, 5, 5, 5, 5])
        let hourly = SnapshotStore(directory: folder.path("hourly"))
        for number in 0..<40 { _ = try await hourly.publish("\(number)", now: Self.instant(hours: Int64(number))) }
        // The served one, and those that were served until 0, 1, … 24 hours ago.
        #expect(try hourly.list().count == 26)
    }

    @Test("as many and for as long as the options say")
    func options() async throws {
        #expect(
            try await counts(hoursApart: 1) {
                $0.keepCount = 2
                $0.keepSeconds = 3 * 3600
            } == [1, 2, 3, 4, 5, 5, 5, 5, 5, 5])
        #expect(try store.list().first?.isServed == true)
    }

    @Test("one that was served for long is kept for a day from the moment it was replaced: readers may still walk it")
    func replaced() async throws {
        let first = try await store.publish("first", now: Self.instant(hours: 0))
        for number in 1...6 {
            _ = try await store.publish("\(number)", now: Self.instant(hours: 1000).adding(seconds: Int64(number)))
        }
        #expect(try store.list().contains { $0.id == first.snapshotID })
        let later = try await store.publish("later", now: Self.instant(hours: 1025))
        #expect(later.pruned.contains(first.snapshotID))
        #expect(try store.list().count == 5)
    }

    @Test("the served one stays however old it is, also while a hold lets others be newer")
    func served() async throws {
        let first = try await store.publish("first", now: Self.instant(hours: 0))
        _ = try await store.rollback(to: first.snapshotID, now: Self.instant(hours: 0))
        for number in 1...9 {
            let outcome = try await store.publish("\(number)", now: Self.instant(hours: Int64(number) * 100))
            #expect(outcome.action == .held)
        }
        #expect(try store.list().map(\.isServed) == [true, false, false, false, false])
        #expect(try store.list().first?.id == first.snapshotID)
    }

    @Test("a clock set back removes nothing")
    func clockSetBack() async throws {
        for number in 0..<8 { _ = try await store.publish("\(number)", now: Self.instant(hours: Int64(number))) }
        _ = try await store.publish("back", now: Self.instant(hours: -100_000))
        #expect(try store.list().count == 9)
    }

    @Test("nothing else is removed: files and folders of others beside the snapshots stay")
    func foreign() async throws {
        try folder.write("mine", to: "output/snapshots/notes.txt")
        try folder.write("mine", to: "output/snapshots/0123456789ABCDEF/file")
        _ = try await counts(hoursApart: 48)
        #expect(try folder.text("output/snapshots/notes.txt") == "mine")
        #expect(try folder.text("output/snapshots/0123456789ABCDEF/file") == "mine")
        #expect(try store.list().count == 5)
    }
}
