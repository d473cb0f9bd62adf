/// How a command ended that did its work.
public struct Outcome: Sendable {
    /// ``ExitStatus/done`` or ``ExitStatus/partly``; everything else is thrown as a ``Failure``.
    public let status: ExitStatus
    /// What the last line of the log counts; nil for a command that only shows something and needs no such line.
    public let summary: LogFields?

    /// The work is done, wholly or in part.
    public init(_ status: ExitStatus = .done, summary: LogFields? = nil) {
        self.status = status
        self.summary = summary
    }
}
