/// When a timer starts a job.
public struct Schedule: Hashable, Sendable {
    /// The instants, as systemd's `OnCalendar=` reads them: `*-*-* *:00/30:00 UTC`.
    public let calendar: String
    /// The longest time between two starts.
    public let period: Duration

    /// A schedule.
    public init(_ calendar: String, every period: Duration) {
        self.calendar = calendar
        self.period = period
    }

    /// What no timer starts, but an operator.
    public static let byHand = Schedule("", every: .zero)

    /// How old the last good run may be: one start may be missed, a timer may start late, and the run takes its time.
    func patience(for timeLimit: Duration) -> Duration {
        period * 2 + timeLimit
    }
}
