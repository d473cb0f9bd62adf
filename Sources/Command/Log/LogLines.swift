import Bytes
import Synchronization

/// Writes whole lines to standard error, and the progress bar below them, so that the two never mix.
final class LogLines: Sendable {
    private static let erase: StaticString = "\r\u{1b}[K"
    /// A person does not read faster, and a slow terminal must not slow the work.
    private static let shortestPause = Duration.milliseconds(100)

    private let program: String
    private let command: String?
    private let format: LogFormat
    private let sink: ByteSink
    private let terminal: Terminal?
    private let time: TimeSource
    private let bar = Mutex(Bar())

    private struct Bar {
        var shown: String?
        var drawnAt: Duration?
    }

    init(
        program: String, command: String?, format: LogFormat, sink: ByteSink, terminal: Terminal?, time: TimeSource
    ) {
        self.program = program
        self.command = command
        self.format = format
        self.sink = sink
        self.terminal = terminal
        self.time = time
    }

    func write(_ level: LogLevel, _ event: StaticString, _ fields: LogFields) {
        switch format {
        case .json: writeJSON(level, event) { $0.members(fields) }
        case .text:
            let head = level == .info ? "" : "\(level.rawValue): "
            writeText(head + event.words + fields.text)
        }
    }

    func writeFailure(_ failure: Failure, after duration: Duration) {
        switch format {
        case .json:
            writeJSON(.error, "failed") { object in
                object.member("status", Int(failure.status.rawValue))
                object.memberNumber("seconds", duration.milliseconds)
                object.member("message", failure.message)
            }
        case .text: writeText("\(program): \(failure.message.printable)")
        }
    }

    func writeSummary(_ status: ExitStatus, after duration: Duration, _ fields: LogFields) {
        switch format {
        case .json:
            writeJSON(.info, "finished") { object in
                object.member("status", Int(status.rawValue))
                object.memberNumber("seconds", duration.milliseconds)
                object.members(fields)
            }
        case .text:
            let outcome = status == .done ? "finished" : "finished in part"
            writeText("\(command ?? program) \(outcome) in \(duration.milliseconds) s" + fields.text)
        }
    }

    private func writeJSON(_ level: LogLevel, _ event: StaticString, _ body: (inout JSONObjectWriter) -> Void) {
        var line = ByteBuffer(capacity: 256)
        line.object { object in
            object.member("time", time.now())
            object.member("level", level.rawValue)
            object.member("program", program)
            if let command { object.member("command", command) }
            object.member("event", "\(event)")
            body(&object)
        }
        line.append("\n")
        send(line)
    }

    private func writeText(_ text: String) {
        bar.withLock { bar in
            var line = ByteBuffer(capacity: 256)
            if bar.shown != nil { line.append(LogLines.erase) }
            line.append(text)
            line.append("\n")
            if let shown = bar.shown { line.append(shown) }
            send(line)
        }
    }

    /// Draws the bar that `text` makes for the width of the terminal, unless it was drawn a moment ago.
    func drawBar(_ text: (_ columns: Int) -> String) {
        guard let terminal else { return }
        bar.withLock { bar in
            let now = time.steady()
            if let drawnAt = bar.drawnAt, now - drawnAt < LogLines.shortestPause { return }
            let text = text(terminal.columns)
            var line = ByteBuffer(capacity: 128)
            line.append(LogLines.erase)
            line.append(text)
            send(line)
            bar = Bar(shown: text, drawnAt: now)
        }
    }

    /// Removes the bar from the terminal.
    func eraseBar() {
        bar.withLock { bar in
            guard bar.shown != nil else { return }
            var line = ByteBuffer()
            line.append(LogLines.erase)
            send(line)
            bar = Bar()
        }
    }

    /// A closed or full standard error is no reason to stop the work, and there is no other place to tell it.
    private func send(_ line: ByteBuffer) {
        try? sink.write(line.bytes)
    }
}

extension JSONObjectWriter {
    fileprivate mutating func members(_ fields: LogFields) {
        for (name, value) in fields.pairs { member(name, value) }
    }
}

extension LogFields {
    /// `: files=12 bytes=40960`, nothing when there are no fields.
    fileprivate var text: String {
        pairs.isEmpty ? "" : ": " + pairs.map { "\($0.name)=\($0.value.text)" }.joined(separator: " ")
    }
}

extension StaticString {
    fileprivate var words: String {
        String("\(self)".map { $0 == "_" ? " " : $0 })
    }
}

extension Duration {
    /// Seconds with three fraction digits, cut off.
    var milliseconds: Decimal64 {
        let (seconds, attoseconds) = components
        return Decimal64(units: seconds * 1000 + attoseconds / 1_000_000_000_000_000, scale: 3)
    }
}
