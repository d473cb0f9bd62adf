import Bytes
import Foundation
import Publisher
import Snapshot
import Testing

@Suite("Publishing")
struct PublishTests {
    let folder: TemporaryFolder
    let store: SnapshotStore
    let out: String

    init() throws {
        folder = try TemporaryFolder()
        out = folder.path("site/output")
        store = SnapshotStore(directory: out)
    }

    func publish(_ marker: String = "one") async throws -> PublishOutcome {
        try await store.publish(try await SmallSnapshot.finished(marker: marker), document: SmallSnapshot.document)
    }

    @Test("the first snapshot is written whole, with its manifest and snapshot.json, and served")
    func first() async throws {
        let outcome = try await publish()
        let id = try await SmallSnapshot.finished().id
        #expect(outcome.action == .published)
        #expect(outcome.snapshotID == id)
        #expect(outcome.previousID == nil)

        let detail = #"{"id":7,"marker":"one"}"#
        let list = #"{"next":"https://site.test/_s/\#(id)/api/v2/courses/page/2/"}"#
        let warning =
            #"{"code":"learn-invalid","table":"courses_course","id":"9","text":"The \"title\" is empty."}"#
        let document =
            #"{"schema":1,"snapshot_id":"\#(id)","compat":"improved","rendered_at":"2026-11-23T20:45:00Z","#
            + #""next_change_at":null,"input_digest":null,"previous_snapshot_id":null,"held_since":null,"#
            + #""counts":{"courses_live":1,"archives":0},"warnings":[\#(warning)]}"#
        func line(_ path: String, _ text: String) -> String {
            "\(path)\t\(text.utf8.count)\t\(SHA256.hash(Array(text.utf8)).hex)\n"
        }
        let manifest =
            line("internal/api/internal/courses/7/index.json", "{}")
            + line("public/api/v2/courses/7/index.json", detail)
            + line("public/api/v2/courses/course-v1:MITx+3.99x/index.json", detail)
            + line("public/api/v2/courses/index.json", list) + line("public/index.html", "<title>Home</title>")
        #expect(
            try folder.listing("site/output") == [
                ".lock 600 ",
                "current -> snapshots/\(id)",
                "snapshots/ 755",
                "snapshots/\(id)/ 755",
                "snapshots/\(id)/files.tsv 644 \(manifest)",
                "snapshots/\(id)/internal/ 755",
                "snapshots/\(id)/internal/api/ 755",
                "snapshots/\(id)/internal/api/internal/ 755",
                "snapshots/\(id)/internal/api/internal/courses/ 755",
                "snapshots/\(id)/internal/api/internal/courses/7/ 755",
                "snapshots/\(id)/internal/api/internal/courses/7/index.json 644 {}",
                "snapshots/\(id)/public/ 755",
                "snapshots/\(id)/public/api/ 755",
                "snapshots/\(id)/public/api/v2/ 755",
                "snapshots/\(id)/public/api/v2/courses/ 755",
                "snapshots/\(id)/public/api/v2/courses/7/ 755",
                "snapshots/\(id)/public/api/v2/courses/7/index.json 644 \(detail)",
                "snapshots/\(id)/public/api/v2/courses/course-v1:MITx+3.99x/ 755",
                "snapshots/\(id)/public/api/v2/courses/course-v1:MITx+3.99x/index.json 644 \(detail)",
                "snapshots/\(id)/public/api/v2/courses/index.json 644 \(list)",
                "snapshots/\(id)/public/index.html 644 <title>Home</title>",
                "snapshots/\(id)/snapshot.json 644 \(document)",
            ])
        #expect(outcome.filesWritten == 6)
        #expect(
            outcome.bytesWritten
                == 2 + detail.utf8.count + list.utf8.count + 19 + manifest.utf8.count + document.utf8.count)
    }

    @Test("CAT-31 the same snapshot again: unchanged, and no file, folder or link is touched")
    func unchanged() async throws {
        let first = try await publish()
        func stamps() throws -> [String: [AnyHashable?]] {
            var stamps: [String: [AnyHashable?]] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: out) + ["."] {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(out)/\(name)")
                stamps[name] = [
                    attributes[.systemFileNumber] as? NSNumber, attributes[.modificationDate] as? Date,
                ]
            }
            return stamps
        }
        let before = try stamps()
        let second = try await publish()
        #expect(second.action == .unchanged)
        #expect(second.snapshotID == first.snapshotID)
        #expect(second.previousID == first.snapshotID)
        #expect(second.filesWritten == 0)
        #expect(second.bytesWritten == 0)
        #expect(try stamps() == before)
    }

    @Test("CAT-32 a new snapshot is served, and the one before stays readable under its id")
    func second() async throws {
        let first = try await publish("one")
        let before = try folder.listing("site/output/snapshots/\(first.snapshotID)")
        let second = try await publish("two")
        #expect(second.action == .published)
        #expect(second.previousID == first.snapshotID)
        #expect(try folder.listing("site/output/snapshots/\(first.snapshotID)") == before)
        #expect(try folder.text("site/output/current/public/api/v2/courses/7/index.json").contains("two"))
    }

    @Test("a snapshot that is kept is only pointed at again; what it says about itself is told anew")
    func switchedBack() async throws {
        let first = try await publish("one")
        let second = try await publish("two")
        let inode = try folder.inode("site/output/snapshots/\(first.snapshotID)/files.tsv")
        let third = try await publish("one")
        #expect(third.action == .switched)
        #expect(third.previousID == second.snapshotID)
        #expect(third.filesWritten == 1)
        #expect(try folder.inode("site/output/current/files.tsv") == inode)
        #expect(
            try folder.text("site/output/current/snapshot.json")
                .contains(#""previous_snapshot_id":"\#(second.snapshotID)""#))
    }

    @Test("CAT-36 equal files are one file with two names")
    func hardLinks() async throws {
        let artifacts =
            SmallSnapshot.artifacts() + [
                // Equal bytes in memory of their own.
                Artifact(path: "preview/home.html", body: ArtifactBody(Array("<title>Home</title>".utf8)))
            ]
        _ = try await store.publish(try await FinishedSnapshot(artifacts), document: SmallSnapshot.document)
        let current = "site/output/current"
        let byID = try folder.inode("\(current)/public/api/v2/courses/7/index.json")
        #expect(try folder.inode("\(current)/public/api/v2/courses/course-v1:MITx+3.99x/index.json") == byID)
        #expect(try folder.inode("\(current)/internal/api/internal/courses/7/index.json") != byID)
        #expect(
            try folder.inode("\(current)/preview/home.html") == folder.inode("\(current)/public/index.html"))
    }

    @Test("more equal files than a file may have names")
    func manyLinks() async throws {
        // ext4 allows 65,000 names; other file systems more.
        let body = ArtifactBody(Array("same".utf8))
        let artifacts = (0..<65_010).map { Artifact(path: "public/\($0)", body: body) }
        let outcome = try await store.publish(try await FinishedSnapshot(artifacts), document: SmallSnapshot.document)
        // Those beyond the limit are written, each on its own.
        #expect((3...13).contains(outcome.filesWritten))
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(out)/current/public").count == 65_010)
        for last in 64_990..<65_010 { #expect(try folder.text("site/output/current/public/\(last)") == "same") }
    }

    @Test("an output folder given with a slash at the end, or that is there already, is used as it is")
    func existingFolder() async throws {
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: out)
        try folder.write("mine", to: "site/output/README")
        let outcome = try await SnapshotStore(directory: out + "/").publish(
            try await SmallSnapshot.finished(), document: SmallSnapshot.document)
        #expect(outcome.action == .published)
        #expect(try folder.text("site/output/README") == "mine")
        #expect(
            try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions] as? Int == 0o700)
    }
}
