import Bytes
import Command
import Foundation
import Synchronization

/// A log that a test reads.
public final class RecordedLog: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let time: TimeSource

    /// A log without lines, which tells the time of `time`.
    public init(time: TimeSource = .system) {
        self.time = time
    }

    /// The log, of all levels, as JSON lines.
    public var log: Log {
        let sink = ByteSink { [self] added throws(Failure) in bytes.withLock { $0 += added } }
        return Log(
            program: "test", command: nil, format: .json, level: .debug, sink: sink, terminal: nil, time: time)
    }

    /// All that was logged.
    public var text: String { String(decoding: bytes.withLock(\.self), as: UTF8.self) }

    /// The lines of one event, as JSON.
    public func lines(of event: String) -> [JSONValue] {
        text.split(separator: "\n").compactMap { try? JSONValue(parsing: Array($0.utf8)) }
            .filter { $0["event"]?.string == event }
    }
}
