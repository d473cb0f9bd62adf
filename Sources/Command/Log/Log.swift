import Bytes

/// The log of a program: events with typed fields, one line each on standard error.
public struct Log: Sendable {
    private let lines: LogLines
    private let level: LogLevel
    private let context: LogFields

    /// A log of events from `level` on. On a terminal, lines for a person share it with a progress bar.
    public init(
        program: String, command: String?, format: LogFormat, level: LogLevel, sink: ByteSink, terminal: Terminal?,
        time: TimeSource
    ) {
        lines = LogLines(
            program: program, command: command, format: format, sink: sink,
            terminal: format == .text ? terminal : nil, time: time)
        self.level = level
        context = [:]
    }

    private init(lines: LogLines, level: LogLevel, context: LogFields) {
        self.lines = lines
        self.level = level
        self.context = context
    }

    /// The same log with `fields` at the head of the fields of every line.
    public func with(_ fields: LogFields) -> Log {
        Log(lines: lines, level: level, context: context.followed(by: fields))
    }

    /// Something only a developer wants to see.
    public func debug(_ event: StaticString, _ fields: LogFields = [:]) { write(.debug, event, fields) }

    /// Something that happened; `event` is a stable name in `snake_case`, which people read with spaces in it.
    public func info(_ event: StaticString, _ fields: LogFields = [:]) { write(.info, event, fields) }

    /// Something that somebody should look at, though the work goes on.
    public func warning(_ event: StaticString, _ fields: LogFields = [:]) { write(.warning, event, fields) }

    /// Something that could not be done, though the work goes on; what ends the work is thrown, not logged.
    public func error(_ event: StaticString, _ fields: LogFields = [:]) { write(.error, event, fields) }

    private func write(_ level: LogLevel, _ event: StaticString, _ fields: LogFields) {
        guard level >= self.level else { return }
        lines.write(level, event, context.followed(by: fields))
    }

    /// Runs `body` with a progress bar for `total` units of work; it shows on a terminal only, and nothing of it stays.
    public func progress<Result>(
        _ activity: StaticString, total: Int, _ body: (ProgressBar) throws -> Result
    ) rethrows -> Result {
        defer { lines.eraseBar() }
        return try body(ProgressBar(activity, total: total, lines: lines))
    }

    /// Runs `body` with a progress bar for `total` units of work; it shows on a terminal only, and nothing of it stays.
    public nonisolated(nonsending) func progress<Result>(
        _ activity: StaticString, total: Int, _ body: nonisolated(nonsending) (ProgressBar) async throws -> Result
    ) async rethrows -> Result {
        defer { lines.eraseBar() }
        return try await body(ProgressBar(activity, total: total, lines: lines))
    }

    /// The line that says why the program ends; every failure passes here, once.
    func failed(_ failure: Failure, after duration: Duration) {
        lines.writeFailure(failure, after: duration)
    }

    /// The last line of a program that did its work.
    func finished(_ status: ExitStatus, after duration: Duration, _ fields: LogFields) {
        guard level <= .info else { return }
        lines.writeSummary(status, after: duration, fields)
    }
}
