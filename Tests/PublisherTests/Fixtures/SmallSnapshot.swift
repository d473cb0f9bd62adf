import Bytes
import Publisher
import Snapshot

/// A snapshot of a few files, enough to see what becomes of them.
enum SmallSnapshot {
    static func artifacts(marker: String = "one") -> [Artifact] {
        let detail = ArtifactBody(Array("{\"id\":7,\"marker\":\"\(marker)\"}".utf8))
        let list = ArtifactBody(pieces: [
            .bytes(Array("{\"next\":\"https://site.test/_s/".utf8)[...]), .snapshotID,
            .bytes(Array("/api/v2/courses/page/2/\"}".utf8)[...]),
        ])
        return [
            Artifact(path: "public/index.html", body: ArtifactBody(Array("<title>Home</title>".utf8))),
            Artifact(path: "public/api/v2/courses/index.json", body: list),
            Artifact(path: "public/api/v2/courses/7/index.json", body: detail),
            Artifact(path: "public/api/v2/courses/course-v1:MITx+3.99x/index.json", body: detail),
            Artifact(path: "internal/api/internal/courses/7/index.json", body: ArtifactBody(Array("{}".utf8))),
        ]
    }

    static func finished(marker: String = "one") async throws -> FinishedSnapshot {
        try await FinishedSnapshot(artifacts(marker: marker))
    }

    /// The instant of Fixture F.
    static let now = Timestamp(microseconds: 1_795_466_700_000_000)

    static let document = SnapshotDocument(
        compat: "improved",
        renderedAt: now,
        nextChangeAt: nil,
        counts: [.init("courses_live", 1), .init("archives", 0)],
        warnings: [Warning(code: "learn-invalid", table: "courses_course", id: "9", text: "The \"title\" is empty.")])
}
