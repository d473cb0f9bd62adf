import Bytes
import Command
import Store
import Worker

/// `mitxonline-jobs status`.
enum StatusCommand {
    static let subcommand = Subcommand(
        "status", "Shows how the jobs are doing; ends with 3 when one is overdue",
        discussion: """
            A job is overdue when its last good run is older than twice its period and its time limit. One that never ran here \
            is not: perhaps it is not wanted.
            """,
        settings: [JobsSettings.database], run: run)

    private struct Report: Sendable {
        let jobs: [JobStatus]
        let outbox: QueueStatus
        let inbox: QueueStatus
    }

    /// How a queue is doing: all that is open, parked entries too, and what waits to be done, by kind.
    private struct QueueStatus: Sendable {
        let name: String
        let all: Backlog
        let kinds: [(kind: String, backlog: Backlog)]
        /// The kinds that somebody does.
        let done: Set<String>
        /// What is said of the others.
        let idle: String

        init(
            _ name: String, _ queue: Queue, done kinds: [String], else idle: String, in session: inout Session
        ) throws {
            self.name = name
            all = try queue.backlog(in: &session)
            self.kinds = try queue.backlogs(in: &session)
            done = Set(kinds)
            self.idle = idle
        }
    }

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let now = invocation.time.now()
        let jobs = try JobTable.all.map { (entry: $0, schedule: try $0.schedule(invocation.environment)) }
        let database = try Database(invocation)
        try await Migration.check(database)
        let report = try await database.read { session in
            Report(
                jobs: try jobs.map { try $0.entry.status($0.schedule, now, &session) },
                outbox: try QueueStatus(
                    "outbox", .outbox, done: OutboxHandlers.kinds, else: "nothing sends them yet", in: &session),
                inbox: try QueueStatus(
                    "inbox", .inbox, done: InboxHandlers.kinds, else: "nothing works on them yet", in: &session))
        }
        try invocation.print(text(of: report, at: now)) { object in
            object.member("now", now)
            object.objects("jobs", report.jobs) { object, status in object.write(status, at: now) }
            object.object("outbox") { write(report.outbox, &$0) }
            object.object("inbox") { write(report.inbox, &$0) }
        }
        let overdue = report.jobs.filter(\.isOverdue)
        for status in overdue { invocation.log.warning("overdue", ["job": .string(status.name.text)]) }
        return Outcome(
            overdue.isEmpty ? .done : .partly,
            summary: [
                "jobs": .int(report.jobs.count), "overdue": .int(overdue.count),
                "backlog": .int(report.jobs.reduce(0) { $0 + ($1.backlog?.count ?? 0) }),
                "dead_letters": .int(report.jobs.reduce(0) { $0 + $1.deadLetters }),
                "open_intents": .int(report.jobs.reduce(0) { $0 + $1.openIntents.count }),
                "outbox": .int(report.outbox.all.count), "inbox": .int(report.inbox.all.count),
            ])
    }

    private static func text(of report: Report, at now: Timestamp) -> String {
        let header = ["JOB", "LAST RUN", "ENDED", "LAST GOOD", "WAITING", "DEAD", "OPEN CALLS", ""]
        let rows = report.jobs.map { status in
            [
                status.name.text, status.last.map { age($0.startedAt, now) } ?? "never",
                status.ending, status.successAt.map { age($0, now) } ?? "never",
                status.backlog.map { waiting($0, now) } ?? "", "\(status.deadLetters)",
                waiting(status.openIntents, now), status.isOverdue ? "overdue" : "",
            ]
        }
        let queues = [report.outbox, report.inbox]
        let totals = queues.map { "\($0.name) \(waiting($0.all, now))" }.joined(separator: ", ")
        let kinds = queues.flatMap { queue in
            queue.kinds.map { kind, backlog in
                "\(queue.name), \(kind): \(waiting(backlog, now))"
                    + (queue.done.contains(kind) ? "" : "; \(queue.idle)")
            }
        }
        let problems = report.jobs.compactMap { status in
            status.last?.problem.map { "\(status.name), last run: \($0)" }
        }
        return ([([header] + rows).columns, totals] + kinds + problems).joined(separator: "\n")
    }

    private static func write(_ queue: QueueStatus, _ object: inout JSONObjectWriter) {
        object.write(queue.all)
        object.objects("kinds", queue.kinds) { object, entry in
            object.member("kind", entry.kind)
            object.member("waits_for_a_service", !queue.done.contains(entry.kind))
            object.write(entry.backlog)
        }
    }

    private static func waiting(_ backlog: Backlog, _ now: Timestamp) -> String {
        guard let oldest = backlog.oldest, backlog.count > 0 else { return "\(backlog.count)" }
        return "\(backlog.count) (oldest \(age(oldest, now)))"
    }

    /// `12 min`, for a person.
    private static func age(_ instant: Timestamp, _ now: Timestamp) -> String {
        let seconds = max(0, (now - instant).components.seconds)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}

extension JobStatus {
    /// How the last run ended, in words.
    fileprivate var ending: String {
        guard let last else { return "" }
        if isRunning { return "at work" }
        guard let outcome = last.outcome else { return "did not say" }
        return last.status.map { "\(outcome.rawValue) (\($0))" } ?? outcome.rawValue
    }
}

extension JSONObjectWriter {
    fileprivate mutating func write(_ status: JobStatus, at now: Timestamp) {
        member("job", status.name.text)
        member("overdue", status.isOverdue)
        member("running", status.isRunning)
        member("last_started_at", status.last?.startedAt)
        member("last_ended_at", status.last?.endedAt)
        member("last_outcome", status.last?.outcome?.rawValue)
        member("last_status", status.last?.status)
        member("last_problem", status.last?.problem)
        member("last_owner", status.last?.owner)
        member("last_success_at", status.successAt)
        member("dead_letters", status.deadLetters)
        if let backlog = status.backlog { object("backlog") { $0.write(backlog) } }
        object("open_intents") { $0.write(status.openIntents) }
    }

    fileprivate mutating func write(_ backlog: Backlog) {
        member("count", backlog.count)
        member("oldest_at", backlog.oldest)
    }
}
