import Foundation
import Publisher
import Snapshot
import Testing

/// Each state in which a process that was killed can leave the output, made by hand.
enum Interruption: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case beforeAnything = "before anything"
    case afterCreatingFolders = "with nothing but empty folders"
    case whileWriting = "while writing files"
    case beforeRename = "before the rename"
    case beforeLink = "after the rename"
    case beforeSwitch = "before the symlink swap"
    case afterSwitch = "after the symlink swap"
    case whileSweeping = "while removing what an earlier one left"

    var testDescription: String { rawValue }

    /// Brings `output` into the state, from one in which another snapshot is served. `finished` is a folder in which
    /// `id` was published undisturbed.
    func prepare(_ output: String, id: String, finished: String) throws {
        let files = FileManager.default
        let temporary = "\(output)/snapshots/.tmp-4194305"
        let whole = "\(finished)/snapshots/\(id)"
        switch self {
        case .beforeAnything: break
        case .afterCreatingFolders:
            try files.createDirectory(atPath: "\(temporary)/public/api/v2", withIntermediateDirectories: true)
        case .whileWriting:
            try files.copyItem(atPath: whole, toPath: temporary)
            try files.removeItem(atPath: "\(temporary)/snapshot.json")
            try files.removeItem(atPath: "\(temporary)/public/index.html")
            let cut = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(temporary)/files.tsv"))
            try cut.truncate(atOffset: 10)
        case .beforeRename: try files.copyItem(atPath: whole, toPath: temporary)
        case .beforeLink: try files.copyItem(atPath: whole, toPath: "\(output)/snapshots/\(id)")
        case .beforeSwitch, .afterSwitch:
            try files.copyItem(atPath: whole, toPath: "\(output)/snapshots/\(id)")
            try files.createSymbolicLink(atPath: temporary, withDestinationPath: "snapshots/\(id)")
            try files.copyItem(atPath: "\(finished)/purge.txt", toPath: "\(output)/purge.txt")
            if self == .afterSwitch {
                #expect(rename(temporary, "\(output)/current") == 0)
            }
        case .whileSweeping:
            try files.createDirectory(atPath: "\(temporary)/public/api", withIntermediateDirectories: true)
            try files.createDirectory(atPath: "\(temporary)-damaged/public", withIntermediateDirectories: true)
        }
    }
}

@Suite("A publisher that was killed")
struct InterruptionTests {
    let folder: TemporaryFolder
    let out: String

    init() throws {
        folder = try TemporaryFolder()
        out = folder.path("output")
    }

    func publish(_ marker: String, into directory: String) async throws -> PublishOutcome {
        try await SnapshotStore(directory: directory).publish(marker)
    }

    /// What was published; not what the snapshot says about itself, which tells what was served before.
    func files(_ name: String) throws -> [String] {
        try folder.listing(name).filter { !$0.hasPrefix("snapshot.json") }
    }

    @Test(
        "CAT-34 leaves a complete snapshot served, and the next run ends where an undisturbed one ends",
        arguments: Interruption.allCases)
    func killed(interruption: Interruption) async throws {
        let undisturbed = folder.path("undisturbed")
        let old = try await publish("old", into: undisturbed).snapshotID
        let new = try await publish("new", into: undisturbed).snapshotID
        _ = try await publish("old", into: out)
        try interruption.prepare(out, id: new, finished: undisturbed)

        let served = interruption == .afterSwitch ? new : old
        #expect(try folder.listing("output/current/") == folder.listing("undisturbed/snapshots/\(served)"))
        let outcome = try await publish("new", into: out)
        switch interruption {
        case .afterSwitch: #expect(outcome.action == .unchanged)
        case .beforeLink, .beforeSwitch: #expect(outcome.action == .switched)
        default: #expect(outcome.action == .published)
        }
        #expect(try folder.listing("output") == folder.listing("undisturbed"))
    }

    @Test("the sweep removes links without following them")
    func links() async throws {
        _ = try await publish("old", into: out)
        try folder.write("precious", to: "elsewhere/file")
        try folder.write("left", to: "output/snapshots/.tmp-1/public/deep/file")
        try folder.link("output/snapshots/.tmp-1/public/link", to: folder.path("elsewhere"))
        try folder.link("output/snapshots/.tmp-2", to: folder.path("elsewhere"))
        try folder.write("kept", to: "output/snapshots/notes/file")
        _ = try await publish("old", into: out)
        #expect(try folder.text("elsewhere/file") == "precious")
        #expect(try folder.text("output/snapshots/notes/file") == "kept")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(out)/snapshots")
        #expect(!names.contains { $0.hasPrefix(".tmp-") })
    }

    @Test("a snapshot that lost files is written again, whether it is served or not", arguments: [true, false])
    func damaged(served: Bool) async throws {
        let new = try await publish("new", into: out).snapshotID
        if !served { _ = try await publish("old", into: out) }
        let whole = try files("output/snapshots/\(new)")
        try FileManager.default.removeItem(atPath: "\(out)/snapshots/\(new)/snapshot.json")
        try FileManager.default.removeItem(atPath: "\(out)/snapshots/\(new)/public/index.html")
        #expect(try await publish("new", into: out).action == .published)
        #expect(try files("output/snapshots/\(new)") == whole)
        #expect(try files("output/current/") == whole)
    }

    @Test("a byte that was changed in the served snapshot is put right by the next render", arguments: [true, false])
    func changedByte(withManifest: Bool) async throws {
        let new = try await publish("new", into: out).snapshotID
        let whole = try files("output/snapshots/\(new)")
        try folder.write("<title>Hoax</title>", to: "output/snapshots/\(new)/public/index.html")
        if withManifest {
            // Whoever changed the file has then touched the list of files, which is now younger than it.
            let list = try folder.text("output/snapshots/\(new)/files.tsv")
            try folder.write(list.replacing("\t19\t", with: "\t18\t"), to: "output/snapshots/\(new)/files.tsv")
        }
        let outcome = try await publish("new", into: out)
        #expect(outcome.action == .published)
        #expect(outcome.filesKept == 0)
        #expect(try files("output/current/") == whole)
        #expect(try await SnapshotStore(directory: out).verify().differences == [])
    }

    @Test("a link from current into nothing hides how much was served: another snapshot is refused")
    func danglingElsewhere() async throws {
        let id = try await publish("old", into: out).snapshotID
        try FileManager.default.removeItem(atPath: "\(out)/snapshots/\(id)")
        let error = await #expect(throws: PublishError.self) { try await publish("new", into: out) }
        #expect(error?.code == .shrunk)
        let store = SnapshotStore(directory: out)
        #expect(try await store.publish("new") { $0.allowsShrink = true }.action == .published)
    }

    @Test(
        "a link from current to something else is left alone", arguments: ["../elsewhere", "/tmp", "snapshots/x", ""])
    func linkElsewhere(target: String) async throws {
        let id = try await publish("old", into: out).snapshotID
        try FileManager.default.removeItem(atPath: "\(out)/current")
        try folder.link("output/current", to: target.isEmpty ? "\(out)/snapshots/\(id)" : target)
        let before = try folder.listing()
        let error = await #expect(throws: PublishError.self) { try await publish("new", into: out) }
        #expect(error?.code == .obstructed)
        #expect(try folder.listing() == before)
    }

    @Test("a link from current into nothing does not stop the next run")
    func dangling() async throws {
        let id = try await publish("new", into: out).snapshotID
        try FileManager.default.removeItem(atPath: "\(out)/snapshots/\(id)")
        let outcome = try await publish("new", into: out)
        #expect(outcome.action == .published)
        #expect(outcome.previousID == id)
    }
}
