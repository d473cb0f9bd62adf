import Bytes
import Snapshot

/// What `snapshot.json` says about a snapshot (`spec/catalog.md` §5.5). It is no part of the snapshot's digest, and the only
/// file of a snapshot that is ever replaced: when the same documents follow from other rows, when the snapshot is served again,
/// and when a hold begins or ends.
public struct SnapshotDocument: Hashable, Sendable {
    /// The version of the document's own form.
    public static let schema = 1

    /// The mode of the render: `improved` or `strict`.
    public let compat: String
    /// The instant the documents were rendered for.
    public var renderedAt: Timestamp
    /// The first later instant at which the clock alone changes a document; nil when there is none.
    public let nextChangeAt: Timestamp?
    /// The digest of all that the documents follow from but the clock: rows, settings, templates and program.
    public let inputDigest: Digest?
    /// The counts in the order they are written.
    public let counts: [Count]
    /// What an editor or operator should look at, in the order it is written.
    public let warnings: [Warning]
    /// The snapshot that was served before this one; nil when there was none, or this one was never served.
    public internal(set) var previousID: String?
    /// Since when renders do not switch away from this snapshot; nil when they do. It counts in the served snapshot only.
    public internal(set) var heldSince: Timestamp?

    /// The document of a render.
    public init(
        compat: String, renderedAt: Timestamp, nextChangeAt: Timestamp?, inputDigest: Digest? = nil, counts: [Count],
        warnings: [Warning]
    ) {
        self.compat = compat
        self.renderedAt = renderedAt
        self.nextChangeAt = nextChangeAt
        self.inputDigest = inputDigest
        self.counts = counts
        self.warnings = warnings
    }

    /// Whether a render at `now` from input of this digest gives the snapshot that the document describes.
    public func describesRender(of input: Digest, at now: Timestamp) -> Bool {
        inputDigest == input && renderedAt <= now && nextChangeAt.map { now < $0 } ?? true
    }

    /// Whether the other document says the same of the same snapshot, the instant of the render apart.
    func saysTheSame(as other: SnapshotDocument) -> Bool {
        var copy = other
        copy.renderedAt = renderedAt
        return copy == self
    }

    /// How many there are of `name`; nil when the document does not say.
    public func count(_ name: String) -> Int? { counts.first { $0.name == name }?.number }

    /// The document as JSON, for the snapshot `id`.
    func json(snapshotID id: String) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.object { object in
            object.member("schema", Self.schema)
            object.member("snapshot_id", id)
            object.member("compat", compat)
            object.member("rendered_at", renderedAt)
            object.member("next_change_at", nextChangeAt)
            object.member("input_digest", inputDigest?.hex)
            object.member("previous_snapshot_id", previousID)
            object.member("held_since", heldSince)
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
