import Bytes
import Snapshot

/// What `snapshot.json` says about a snapshot (`spec/catalog.md` §5.5). It is no part of the snapshot's digest.
public struct SnapshotDocument: Sendable {
    /// The version of the document's own form.
    public static let schema = 1

    /// The mode of the render: `improved` or `strict`.
    public let compat: String
    /// The instant the documents were rendered for.
    public let renderedAt: Timestamp
    /// The first later instant at which the clock alone changes a document; nil when there is none.
    public let nextChangeAt: Timestamp?
    /// The counts in the order they are written.
    public let counts: [Count]
    /// What an editor or operator should look at, in the order it is written.
    public let warnings: [Warning]

    /// The document of a render.
    public init(
        compat: String, renderedAt: Timestamp, nextChangeAt: Timestamp?, counts: [Count], warnings: [Warning]
    ) {
        self.compat = compat
        self.renderedAt = renderedAt
        self.nextChangeAt = nextChangeAt
        self.counts = counts
        self.warnings = warnings
    }

    /// The document as JSON, for the snapshot `id`.
    func json(snapshotID id: String) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.object { object in
            object.member("schema", Self.schema)
            object.member("snapshot_id", id)
            object.member("compat", compat)
            object.member("rendered_at", renderedAt)
            object.member("next_change_at", nextChangeAt)
            object.member("counts", json: counts.json)
            object.objects("warnings", warnings) { object, warning in
                object.member("code", warning.code)
                object.member("table", warning.table)
                object.member("id", warning.id)
                object.member("text", warning.text)
            }
        }
        return buffer.bytes
    }
}
