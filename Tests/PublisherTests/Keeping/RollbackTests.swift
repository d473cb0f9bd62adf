import Bytes
import Foundation
import Publisher
import Testing

@Suite("Rollback")
struct RollbackTests {
    let folder: TemporaryFolder
    let store: SnapshotStore
    let first: String
    let second: String

    init() async throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
        first = try await store.publish("one").snapshotID
        second = try await store.publish("two").snapshotID
    }

    private func served() throws -> KeptSnapshot { try #require(try store.list().first) }

    @Test("serves the snapshot before again, and holds it while renders go on")
    func hold() async throws {
        let outcome = try await store.rollback(now: SmallSnapshot.now.adding(seconds: 5))
        #expect(outcome.action == .switched)
        #expect(outcome.snapshotID == first)
        #expect(outcome.previousID == second)
        #expect(try served().id == first)
        #expect(try served().document?.heldSince == SmallSnapshot.now.adding(seconds: 5))

        // What a render gives is kept, new or known, and not switched to.
        for marker in ["two", "three", "three"] {
            let held = try await store.publish(marker)
            #expect(held.action == .held)
            #expect(held.previousID == first)
            #expect(held.purgeKeys == [])
            #expect(try served().id == first)
        }
        // One that gives what is served ends no hold.
        #expect(try await store.publish("one").action == .unchanged)
        #expect(try served().document?.heldSince != nil)

        #expect(try store.release())
        #expect(try served().document?.heldSince == nil)
        #expect(try !store.release())
        let third = try await store.publish("three")
        #expect(third.action == .switched)
        #expect(third.previousID == first)
        #expect(try served().document?.heldSince == nil)
    }

    @Test("a second time it goes further back, not forth again")
    func twice() async throws {
        let third = try await store.publish("three").snapshotID
        #expect(try await store.rollback().snapshotID == second)
        #expect(try await store.rollback().snapshotID == first)
        let error = await #expect(throws: PublishError.self) { try await store.rollback() }
        #expect(error?.code == .nothingServed)
        #expect(try await store.rollback(to: third).snapshotID == third)
        #expect(try await store.publish("three").action == .unchanged)
    }

    @Test("to the one that is served only holds it")
    func present() async throws {
        #expect(try await store.rollback(to: second).action == .unchanged)
        #expect(try await store.publish("three").action == .held)
        #expect(try served().id == second)
    }

    @Test("to a snapshot that is damaged, or that is not kept, is refused and changes nothing")
    func refused() async throws {
        try folder.write("damaged", to: "output/snapshots/\(first)/public/index.html")
        let before = try folder.listing()
        let damaged = await #expect(throws: PublishError.self) { try await store.rollback() }
        #expect(damaged?.code == .damaged)
        #expect(
            damaged?.description
                == "cannot serve snapshots/\(first) (in the output folder): public/index.html has 7 bytes and was "
                + "published with 19; render again, or roll back to another snapshot")
        let unknown = await #expect(throws: PublishError.self) { try await store.rollback(to: "0123456789abcdef") }
        #expect(unknown?.code == .unknownSnapshot)
        #expect(try folder.listing() == before)
    }

    @Test("a snapshot that was damaged meanwhile is not switched to but written anew")
    func damagedMeanwhile() async throws {
        try folder.write("damaged", to: "output/snapshots/\(first)/public/index.html")
        #expect(try await store.publish("one").action == .published)
        #expect(try await store.verify().differences.isEmpty)
    }

    @Test("tells caches what changes back")
    func purge() async throws {
        try FileManager.default.removeItem(atPath: folder.path("output/purge.txt"))
        #expect(try await store.rollback().purgeKeys == ["mitxonline:course:course-v1:MITx+3.99x"])
        #expect(try folder.text("output/purge.txt") == "mitxonline:course:course-v1:MITx+3.99x\n")
    }
}

@Suite("A render that need not take place")
struct StaleTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
    }

    private static let until = SmallSnapshot.now.adding(seconds: 3600)

    private func publish(_ marker: String, input: String) async throws -> PublishOutcome {
        let document = SnapshotDocument(
            compat: "improved", renderedAt: SmallSnapshot.now, nextChangeAt: Self.until,
            inputDigest: SHA256.hash(input.utf8), counts: [], warnings: [])
        return try await store.publish(try await SmallSnapshot.finished(marker: marker), document: document)
    }

    private func outcome(_ input: String, at instant: Timestamp = SmallSnapshot.now) throws -> PublishOutcome? {
        guard let output = try store.lock() else { throw Busy() }
        return try output.outcomeWithoutRender(
            of: SHA256.hash(input.utf8), at: instant, options: PublishOptions(now: SmallSnapshot.now))
    }

    @Test("same input, same interval of the clock: unchanged; else it must")
    func interval() async throws {
        #expect(try outcome("a") == nil)
        _ = try await publish("one", input: "a")
        #expect(try outcome("a")?.action == .unchanged)
        #expect(try outcome("b") == nil)
        #expect(try outcome("a", at: Self.until.adding(seconds: -1))?.action == .unchanged)
        #expect(try outcome("a", at: Self.until) == nil)
        // The clock was set back: which interval it lies in is not known.
        #expect(try outcome("a", at: SmallSnapshot.now.adding(seconds: -1)) == nil)
    }

    @Test("other input that gives the same documents is remembered, so that it is rendered once")
    func sameDocuments() async throws {
        _ = try await publish("one", input: "a")
        let outcome = try await publish("one", input: "b")
        #expect(outcome.action == .unchanged)
        #expect(outcome.filesWritten == 1)
        #expect(try self.outcome("b")?.action == .unchanged)
        #expect(try self.outcome("a") == nil)
    }

    @Test("during a hold, a snapshot that is ready is not rendered again")
    func held() async throws {
        _ = try await publish("one", input: "a")
        _ = try await publish("two", input: "b")
        _ = try await store.rollback()
        #expect(try outcome("b")?.action == .held)
        #expect(try outcome("b")?.document?.inputDigest == SHA256.hash("b".utf8))
        #expect(try outcome("a")?.action == .unchanged)
        #expect(try outcome("c") == nil)
        _ = try store.release()
        #expect(try outcome("b") == nil)
    }

    @Test("a snapshot.json that cannot be read: it must")
    func unreadable() async throws {
        _ = try await publish("one", input: "a")
        try folder.write("{", to: "output/current/snapshot.json")
        #expect(try outcome("a") == nil)
    }
}
