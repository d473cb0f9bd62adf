import Bytes
import Glibc

/// The file that a run's figures are written into, for node_exporter's textfile collector; whole or not at all, since the
/// collector may read it at any moment.
struct MetricsFile {
    let path: String
    let program: String
    let command: String
    /// What the command worked on: the name of a label and its value.
    let subject: (label: String, value: String)?

    private static let largest = 1 << 20

    /// Writes how a run ended. That it could not be written is logged, and does not change how the run ended.
    func record(_ ending: RunEnding, end: Timestamp, after duration: Duration, _ log: Log) {
        let lastSuccess = ending.isSuccess ? end.seconds : text().flatMap(RunMetrics.lastSuccess)
        let metrics = RunMetrics(
            ending, program: program, command: command, subject: subject, end: end, duration: duration,
            lastSuccess: lastSuccess)
        do {
            try write(metrics.text)
        } catch {
            log.error("metrics_failed", ["problem": .string(error.message)])
        }
    }

    /// What the file holds; nil when there is none or it cannot be read.
    private func text() -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: Self.largest)
        let count = read(file, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// Replaces the file; it can be read by everybody, since a collector is another user.
    private func write(_ text: String) throws(Failure) {
        let temporary = "\(path).\(getpid())"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure("created") }
        do {
            defer { close(file) }
            fchmod(file, 0o644)
            try ByteSink.descriptor(file, name: path).write(Array(text.utf8))
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let problem = failure("replaced")
            unlink(temporary)
            throw problem
        }
    }

    private func failure(_ participle: String) -> Failure {
        Failure(.cannotCreate, "\(path) cannot be \(participle): \(systemMessage(errno))")
    }
}
