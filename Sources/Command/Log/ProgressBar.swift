import Synchronization

/// How far a piece of work has come, drawn on one line of a terminal at most ten times a second.
///
/// It may be advanced from several tasks at once.
public final class ProgressBar: Sendable {
    private let activity: StaticString
    private let total: Int
    private let lines: LogLines
    private let done = Atomic(0)

    init(_ activity: StaticString, total: Int, lines: LogLines) {
        self.activity = activity
        self.total = total
        self.lines = lines
    }

    /// Says that `count` more units of work are done.
    public func advance(by count: Int = 1) {
        let done = done.add(count, ordering: .relaxed).newValue
        lines.drawBar { text(done: done, columns: $0) }
    }

    private func text(done: Int, columns: Int) -> String {
        guard total > 0 else { return String("\(activity) \(done)".prefix(max(0, columns - 1))) }
        let share = min(done, total) * 100 / total
        let head = "\(activity) "
        let tail = " \(String(repeating: " ", count: share < 10 ? 2 : share < 100 ? 1 : 0))\(share) % \(done)/\(total)"
        let width = min(40, columns - 1 - head.count - tail.count - 2)
        guard width >= 5 else { return String((head + tail.drop { $0 == " " }).prefix(max(0, columns - 1))) }
        let filled = width * min(done, total) / total
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        return "\(head)[\(bar)]\(tail)"
    }
}
