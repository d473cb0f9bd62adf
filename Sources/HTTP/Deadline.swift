/// The moment on the steady clock by which something must be done.
public struct Deadline: Hashable, Comparable, Sendable {
    /// The time of the steady clock (``TimeSource/steady``).
    public let at: Duration

    /// The moment at which the steady clock shows `at`.
    public init(at: Duration) {
        self.at = at
    }

    /// Earlier than.
    public static func < (left: Deadline, right: Deadline) -> Bool {
        left.at < right.at
    }
}
