import Foundation
import Publisher
import Snapshot
import Testing

@Suite("What the file system refuses")
struct RefusalTests {
    let folder: TemporaryFolder
    let out: String

    init() throws {
        folder = try TemporaryFolder()
        out = folder.path("output")
    }

    func publish(_ artifacts: [Artifact]? = nil) async throws -> PublishOutcome {
        let snapshot = try await FinishedSnapshot(artifacts ?? SmallSnapshot.artifacts())
        return try await SnapshotStore(directory: out).publish(snapshot, document: SmallSnapshot.document)
    }

    /// Something that stands where the output needs something else.
    enum Obstacle: String, CaseIterable, Sendable {
        case currentIsFile, currentIsFolder, snapshotsIsFile, snapshotsIsLink, lockIsFolder, lockIsLink, outputIsFile
        case parentIsFile

        var place: String {
            switch self {
            case .currentIsFile, .currentIsFolder: "current"
            case .snapshotsIsFile, .snapshotsIsLink: "snapshots"
            case .lockIsFolder, .lockIsLink: ".lock"
            case .outputIsFile, .parentIsFile: ""
            }
        }
    }

    @Test("something foreign in the place of a file, folder or link stays as it is", arguments: Obstacle.allCases)
    func obstructed(obstacle: Obstacle) async throws {
        var directory = out
        switch obstacle {
        case .currentIsFile: try folder.write("foreign", to: "output/current")
        case .currentIsFolder: try folder.write("foreign", to: "output/current/file")
        case .snapshotsIsFile: try folder.write("foreign", to: "output/snapshots")
        case .snapshotsIsLink:
            try folder.write("foreign", to: "elsewhere/file")
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            try folder.link("output/snapshots", to: "../elsewhere")
        case .lockIsFolder: try folder.write("foreign", to: "output/.lock/file")
        case .lockIsLink:
            try folder.write("foreign", to: "elsewhere/file")
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            try folder.link("output/.lock", to: "../elsewhere/file")
        case .outputIsFile: try folder.write("foreign", to: "output")
        case .parentIsFile:
            try folder.write("foreign", to: "file")
            directory = folder.path("file/output")
        }
        let before = try folder.listing().filter { !$0.contains(".lock 600 ") && $0 != "output/snapshots/ 755" }
        let error = await #expect(throws: PublishError.self) {
            try await SnapshotStore(directory: directory).publish(
                try await SmallSnapshot.finished(), document: SmallSnapshot.document)
        }
        #expect(error?.code == .obstructed)
        #expect(error?.path == obstacle.place)
        let after = try folder.listing().filter { !$0.contains(".lock 600 ") && $0 != "output/snapshots/ 755" }
        #expect(after == before)
    }

    @Test("a path longer than the system allows: the old snapshot stays served, and nothing is left of the new one")
    func pathTooLong() async throws {
        _ = try await publish()
        let before = try folder.listing()
        let part = String(repeating: "a", count: 250)
        let path = (["public"] + Array(repeating: part, count: 17)).joined(separator: "/")
        let error = await #expect(throws: PublishError.self) {
            try await publish(SmallSnapshot.artifacts() + [Artifact(path: path, body: ArtifactBody([]))])
        }
        #expect(error?.code == .pathTooLong)
        #expect(error?.path.hasPrefix("snapshots/.tmp-") == true)
        #expect(try folder.listing() == before)
    }

    @Test("a folder above the output that is a link into nothing is an error, not an endless loop")
    func danglingParent() async throws {
        try folder.link("nowhere", to: "missing")
        let error = await #expect(throws: PublishError.self) {
            try await SnapshotStore(directory: folder.path("nowhere/output")).publish(
                try await SmallSnapshot.finished(), document: SmallSnapshot.document)
        }
        #expect(error?.path == "")
    }

    @Test("no name for the output folder is an error")
    func emptyDirectory() async throws {
        await #expect(throws: PublishError.self) {
            try await SnapshotStore(directory: "").publish(
                try await SmallSnapshot.finished(), document: SmallSnapshot.document)
        }
    }

    @Test("an error says what failed, where, why and what to do, without the folder's own path")
    func words() async throws {
        try folder.write("foreign", to: "output/current")
        let error = await #expect(throws: PublishError.self) { try await publish() }
        #expect(
            error?.description
                == "cannot use current (in the output folder): it is no symbolic link; move it away, then run again")
    }
}
