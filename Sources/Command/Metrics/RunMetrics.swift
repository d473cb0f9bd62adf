import Bytes

/// How a run ended, in figures.
struct RunEnding {
    let status: ExitStatus
    /// What the last line of the log counts.
    let fields: LogFields
    /// Whether the run did its work, if only in part, rather than failed, was stopped, or left it to another process.
    let isSuccess: Bool

    init(_ outcome: Outcome) {
        status = outcome.status
        fields = outcome.summary ?? [:]
        isSuccess = outcome.didWork
    }

    init(_ failure: Failure) {
        status = failure.status
        fields = [:]
        isSuccess = false
    }
}

/// The figures of one run in the text format of Prometheus.
struct RunMetrics {
    private static let prefix = "mitxonline_run_"
    private static let success = "success_timestamp_seconds"

    private let labels: String
    private var lines: [String] = []

    /// - Parameter lastSuccess: the end of the last run that did its work, in seconds since 1970; nil when there was none.
    init(
        _ ending: RunEnding, program: String, command: String, subject: (label: String, value: String)?, end: Timestamp,
        duration: Duration, lastSuccess: Decimal64?
    ) {
        let about = subject.map { ",\($0.label)=\"\($0.value.filter { $0 != "\"" && $0 != "\\" }.printable)\"" } ?? ""
        labels = "{program=\"\(program)\",command=\"\(command)\"\(about)}"
        add("status", "Exit status of the last run, 0 when it did its work.", "\(ending.status.rawValue)")
        add("end_timestamp_seconds", "When the last run ended.", "\(end.seconds)")
        add("duration_seconds", "How long the last run took.", "\(duration.milliseconds)")
        if let lastSuccess { add(Self.success, "When a run that did its work last ended.", "\(lastSuccess)") }
        for (name, value) in ending.fields.pairs {
            guard case .int(let number) = value else { continue }
            add("\(name)", "The last run's \(name), as its log counts them.", "\(number)")
        }
    }

    private mutating func add(_ name: String, _ help: String, _ value: String) {
        let name = Self.prefix + name
        lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge", "\(name)\(labels) \(value)"]
    }

    /// The metrics, each with its help and type.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// The end of the last run that did its work, as the metrics in `text` tell it.
    static func lastSuccess(in text: String) -> Decimal64? {
        text.split(separator: "\n").first { $0.hasPrefix(prefix + success + "{") }
            .flatMap { $0.split(separator: " ").last }
            .flatMap { Decimal64(String($0), scale: 3) }
    }
}

extension Timestamp {
    /// Seconds since 1970 with three fraction digits, cut off.
    var seconds: Decimal64 {
        let milliseconds = wholeSeconds * 1000 + (microseconds - wholeSeconds * 1_000_000) / 1000
        return Decimal64(units: milliseconds, scale: 3)
    }
}
