import Bytes

/// What a publisher is told beside the snapshot.
public struct PublishOptions: Sendable {
    /// The instant of the wall clock.
    public let now: Timestamp
    /// Whether a snapshot may be published that lacks much of what is served (`spec/catalog.md` §5.5.4).
    public var allowsShrink = false
    /// How many snapshots are kept at least, the served one among them.
    public var keepCount = 5
    /// For how many seconds a snapshot is kept at least after it was last served.
    public var keepSeconds: Int64 = 86_400

    /// The usual options at the instant `now`.
    public init(now: Timestamp) {
        self.now = now
    }
}
