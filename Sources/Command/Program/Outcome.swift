/// How a command ended that did its work.
public struct Outcome: Sendable {
    /// ``ExitStatus/done`` or ``ExitStatus/partly``; everything else is thrown as a ``Failure``.
    public let status: ExitStatus
    /// What the last line of the log counts; nil for a command that only shows something and needs no such line.
    public let summary: LogFields?
    /// Whether the work was done here; false when it was left to another process that is at it. Only the former counts as a
    /// success in the metrics, so that an alert on their age sees a process that hangs.
    public let didWork: Bool

    /// The work is done, wholly or in part.
    public init(_ status: ExitStatus = .done, summary: LogFields? = nil, didWork: Bool = true) {
        self.status = status
        self.summary = summary
        self.didWork = didWork
    }
}
