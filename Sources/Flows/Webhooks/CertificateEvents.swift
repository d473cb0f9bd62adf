import Bytes
import Services
import Store
import Worker

/// What the certificate webhook brings about, by way of the inbox (`spec/openedx.md` §12.3): at once while the sender waits, and
/// by the job when that did not go.
public struct CertificateEvents: Sendable {
    /// Looks at the learner's grade, and issues the certificate that it earns; returns what came of it, for the log.
    ///
    /// - Throws: `ServiceError` when Open edX could not be asked, and whatever else may go better later.
    public typealias Award = @Sendable (_ event: LearnerEvent, _ context: JobContext) async throws -> String

    /// The kind of inbox entries that are such events.
    public static let kind = LearnerEvent.Kind.certificate.rawValue
    /// How long an event is tried again.
    static let horizon = Duration.seconds(7 * 86_400)

    /// The entry of one learner and run: of those there is one at a time, so that they stay in order.
    static func key(user: Int, run: Int) -> String { "\(user):\(run)" }

    static func payload(user: Int, run: Int) -> JSONValue {
        .object([
            JSONValue.Member(key: "user", value: .number("\(user)")),
            JSONValue.Member(key: "run", value: .number("\(run)")),
        ])
    }

    /// The event of an entry.
    ///
    /// - Throws: ``QueueRejection`` when the payload names no learner and run.
    static func event(_ entry: Queue.Entry) throws(QueueRejection) -> LearnerEvent {
        guard let user = entry.payload["user"]?.int, let run = entry.payload["run"]?.int, user > 0, run > 0 else {
            throw QueueRejection("the payload names no learner and run")
        }
        return LearnerEvent(.certificate, user: user, run: run, receivedAt: entry.createdAt)
    }

    /// How the entries are done.
    public static func handler(_ award: @escaping Award) -> QueueHandler {
        var handler = QueueHandler(kind) { entry, context in
            let event = try event(entry)
            let outcome = try await award(event, context)
            context.log.info(
                "certificate_event",
                [
                    "item": .string(entry.name), "user": .int(event.user), "run": .int(event.run),
                    "outcome": .string(outcome),
                ])
        }
        handler.backoff = Backoff(first: .seconds(300), limit: .seconds(6 * 3600))
        handler.horizon = horizon
        return handler
    }
}
