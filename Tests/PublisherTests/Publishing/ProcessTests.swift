import Foundation
import Publisher
import Snapshot
import Testing

/// What depends on the user, the umask and the limits of the whole process, each in a process of its own.
@Suite("A process")
struct ProcessTests {
    @Test("whose umask hides everything still writes files and folders that a web server can read")
    func umask() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let usual = SnapshotStore(directory: folder.path("usual/output"))
            _ = try await usual.publish(try await SmallSnapshot.finished(), document: SmallSnapshot.document)
            _ = try await usual.publish("two")
            _ = try await usual.rollback()
            for mask in [0o077, 0o027, 0o000, 0o111] as [mode_t] {
                Foundation.umask(mask)
                let store = SnapshotStore(directory: folder.path("\(mask)/output"))
                _ = try await store.publish(try await SmallSnapshot.finished(), document: SmallSnapshot.document)
                _ = try await store.publish("two")
                _ = try await store.rollback()
                Foundation.umask(0o022)
                let usual = try folder.listing("usual/output").filter { !$0.hasPrefix(".lock") }
                let masked = try folder.listing("\(mask)/output").filter { !$0.hasPrefix(".lock") }
                #expect(masked == usual)
                let top = try FileManager.default.attributesOfItem(atPath: folder.path("\(mask)/output"))
                #expect(top[.posixPermissions] as? Int == 0o755)
            }
        }
    }

    @Test("that may write no file over 4 KiB: no space; the old snapshot stays served, the new one leaves nothing")
    func sizeLimit() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let store = SnapshotStore(directory: folder.path("output"))
            _ = try await store.publish(try await SmallSnapshot.finished(), document: SmallSnapshot.document)
            let before = try folder.listing()
            // A write beyond the limit is answered with an error only while its signal is ignored.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 4096, rlim_max: .max)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let long = Artifact(path: "public/long.html", body: ArtifactBody(Array(repeating: 0x20, count: 4097)))
            let error = await #expect(throws: PublishError.self) {
                let artifacts = SmallSnapshot.artifacts() + [long]
                return try await store.publish(try await FinishedSnapshot(artifacts), document: SmallSnapshot.document)
            }
            #expect(error?.code == .noSpace)
            #expect(error?.path.hasSuffix("/public/long.html") == true)
            #expect(try folder.listing() == before)
        }
    }

    @Test("that is asked to stop while it publishes writes every file all the same")
    func cancelled() async throws {
        let folder = try TemporaryFolder()
        let store = SnapshotStore(directory: folder.path("output"))
        let artifacts = (0..<5000).map { Artifact(path: "public/\($0)", body: ArtifactBody(Array("\($0)".utf8))) }
        let snapshot = try await FinishedSnapshot(artifacts)
        let (steps, continuation) = AsyncStream.makeStream(of: PublishStep.self)
        let task = Task {
            // Not before somebody is there to cancel it.
            for await step in steps where step == .file { break }
            return try await store.publish(snapshot)
        }
        task.cancel()
        continuation.yield(.file)
        #expect(try await task.value.action == .published)
        #expect(try await store.verify().differences == [])
        #expect(try await store.verify().files == 5000)
    }

    @Test("CAT-34 that is killed among its files leaves the old snapshot served, and the next one sweeps up")
    func killedWhileWriting() async throws {
        let folder = try TemporaryFolder()
        let store = SnapshotStore(directory: folder.path("output"))
        let old = try await store.publish(try await SmallSnapshot.finished(), document: SmallSnapshot.document)
        let before = try folder.listing("output/current/")
        let long = Artifact(path: "public/long.html", body: ArtifactBody(Array(repeating: 0x20, count: 4097)))
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
            let long = Artifact(path: "public/long.html", body: ArtifactBody(Array(repeating: 0x20, count: 4097)))
            let snapshot = try await FinishedSnapshot(SmallSnapshot.artifacts() + [long])
            _ = try await SnapshotStore(directory: "\(path)/output").publish(
                snapshot, document: SmallSnapshot.document, pass: { if $0 == .file { kill(getpid(), SIGKILL) } })
        }
        #expect(try folder.listing("output/current/") == before)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path("output/snapshots"))
        #expect(left.contains { $0.hasPrefix(".tmp-") })

        let new = try await store.publish(
            try await FinishedSnapshot(SmallSnapshot.artifacts() + [long]), document: SmallSnapshot.document)
        #expect(new.action == .published)
        #expect(new.previousID == old.snapshotID)
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path("output/snapshots"))
        #expect(Set(kept) == [old.snapshotID, new.snapshotID])
    }

    @Test("of a user who may only read: denied, and nothing is changed")
    func readOnlyFolder() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let store = SnapshotStore(directory: folder.path("output"))
            _ = try await store.publish(try await SmallSnapshot.finished(), document: SmallSnapshot.document)
            let before = try folder.listing()
            let isRoot = getuid() == 0
            for name in ["output/snapshots", "output", "."] { try #require(chmod(folder.path(name), 0o555) == 0) }
            if isRoot { try #require(seteuid(65_534) == 0) }
            let snapshot = try await SmallSnapshot.finished(marker: "new")
            let error = await #expect(throws: PublishError.self) {
                try await store.publish(snapshot, document: SmallSnapshot.document)
            }
            #expect(error?.code == .denied)
            let fresh = await #expect(throws: PublishError.self) {
                try await SnapshotStore(directory: folder.path("fresh")).publish(
                    snapshot, document: SmallSnapshot.document)
            }
            #expect(fresh?.code == .denied)
            #expect(fresh?.path == "")
            // Not even what is served already: whoever could take the lock could keep it.
            let same = await #expect(throws: PublishError.self) {
                try await store.publish(try await SmallSnapshot.finished(), document: SmallSnapshot.document)
            }
            if isRoot { #expect(same?.path == ".lock") }

            if isRoot { try #require(seteuid(0) == 0) }
            for name in [".", "output", "output/snapshots"] { try #require(chmod(folder.path(name), 0o755) == 0) }
            #expect(try folder.listing() == before)
        }
    }
}
