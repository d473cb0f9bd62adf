import Bytes
import Publisher
import Snapshot
import Testing

@Suite("A finished snapshot")
struct FinishedSnapshotTests {
    /// Computed with other tools: for each file, in the order of paths, `printf '%s\0'` of the path and the raw digest
    /// of its bytes with `@@SID@@`, all of it through sha256sum.
    static let id = "40516b06f69c63c1"

    @Test("its id is the beginning of the digest over paths and contents, with @@SID@@ where the id goes")
    func id() async throws {
        #expect(try await SmallSnapshot.finished().id == Self.id)
    }

    @Test("its id does not depend on the order the files come in, nor on shared memory")
    func order() async throws {
        let copies = SmallSnapshot.artifacts().reversed().map { artifact in
            let pieces = artifact.body.pieces.map { piece in
                if case .bytes(let slice) = piece { ArtifactBody.Piece.bytes(Array(slice)[...]) } else { piece }
            }
            return Artifact(path: artifact.path, body: ArtifactBody(pieces: pieces))
        }
        #expect(try await FinishedSnapshot(copies).id == Self.id)
    }

    @Test("its id changes with a content and with a path")
    func changes() async throws {
        #expect(try await SmallSnapshot.finished(marker: "two").id != Self.id)
        let moved = SmallSnapshot.artifacts().map {
            Artifact(path: $0.path == "public/index.html" ? "preview/index.html" : $0.path, body: $0.body)
        }
        #expect(try await FinishedSnapshot(moved).id != Self.id)
    }

    @Test("its files are sorted by the bytes of their paths and know their bytes on disk")
    func files() async throws {
        let snapshot = try await SmallSnapshot.finished()
        #expect(
            snapshot.files.map(\.path) == [
                "internal/api/internal/courses/7/index.json",
                "public/api/v2/courses/7/index.json",
                "public/api/v2/courses/course-v1:MITx+3.99x/index.json",
                "public/api/v2/courses/index.json",
                "public/index.html",
            ])
        for file in snapshot.files {
            let bytes = file.body.bytes(snapshotID: snapshot.id)
            #expect(file.size == bytes.count)
            #expect(file.digest == SHA256.hash(bytes))
        }
    }

    @Test(
        "a path that could leave the snapshot's folder is refused",
        arguments: [
            "", "public", "public/", "/public/a", "public//a", "public/./a", "public/../a", "public/..", "other/a",
            "snapshot.json", "public/\(String(repeating: "é", count: 128))",
        ])
    func badPath(path: String) async throws {
        let error = await #expect(throws: PublishError.self) {
            try await FinishedSnapshot([Artifact(path: path, body: ArtifactBody([]))])
        }
        #expect(error?.code == .invalidPath)
    }

    @Test("a control character in a path is refused")
    func controlCharacter() async throws {
        for character in ["\u{0}", "\n", "\t", "\u{7f}"] {
            let error = await #expect(throws: PublishError.self) {
                try await FinishedSnapshot([Artifact(path: "public/a\(character)b", body: ArtifactBody([]))])
            }
            #expect(error?.code == .invalidPath)
        }
    }

    @Test("a part of 255 bytes is allowed, and so are dots within a name")
    func longestPart() async throws {
        let path = "public/\(String(repeating: "a", count: 255))/.../..a"
        #expect(try await FinishedSnapshot([Artifact(path: path, body: ArtifactBody([]))]).files.map(\.path) == [path])
    }

    @Test("one path for two files is refused, and so is a file that is also a folder")
    func collisions() async throws {
        let collisions = [
            ["public/a", "public/a"], ["public/a", "public/a-b", "public/a/b/c"], ["public/a/b", "public/a"],
        ]
        for paths in collisions {
            let error = await #expect(throws: PublishError.self) {
                try await FinishedSnapshot(paths.map { Artifact(path: $0, body: ArtifactBody([])) })
            }
            #expect(error?.code == .invalidPath)
            #expect(error?.path == "public/a")
        }
    }

    @Test("two spellings of one letter are two paths")
    func spellings() async throws {
        let snapshot = try await FinishedSnapshot(
            ["public/e\u{301}", "public/é"].map { Artifact(path: $0, body: ArtifactBody([])) })
        #expect(snapshot.files.count == 2)
    }
}
