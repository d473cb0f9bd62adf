import Bytes
import Command
import Records
import Store
import Worker

/// The webhooks of Open edX from the request to the answer (`spec/openedx.md` §12.1 to §12.3); the gateway only carries bytes.
public struct Webhooks: Sendable {
    /// How long an event that is worked on while the sender waits is this process's.
    private static let claimLife = Duration.seconds(120)
    /// How long to wait for another delivery of the same event.
    private static let wait = Duration.seconds(5)
    private static let pause = Duration.milliseconds(200)

    private let database: Database
    private let certificates: QueueWork
    private let log: Log
    private let time: TimeSource
    private let sleep: Sleep

    /// The webhooks on a database.
    ///
    /// - Parameters:
    ///   - award: issues certificates, in less time than the sender waits and with one call to Open edX at most
    ///     (`OpenEdXClient.forWebhook`).
    ///   - random: draws a number of the range.
    public init(
        database: Database, award: @escaping CertificateEvents.Award, log: Log, time: TimeSource,
        sleep: @escaping Sleep,
        random: RandomNumbers
    ) {
        self.database = database
        certificates = QueueWork(.inbox, CertificateEvents.handler(award), random: random.number)
        self.log = log
        self.time = time
        self.sleep = sleep
    }

    /// Does what a request asks for, and says what to answer. It never throws: the sender tries again what went wrong.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer {
        let context = JobContext(
            request: request.route.rawValue, in: database, log: log.with(["route": .string(request.route.rawValue)]),
            time: time)
        let answer = await answer(request, context)
        context.log.info("webhook", ["status": .int(answer.status)])
        return answer
    }

    private func answer(_ request: WebhookRequest, _ context: JobContext) async -> WebhookAnswer {
        do {
            if let refusal = try await sender(of: request, context).refusal { return refusal }
            guard request.method == "POST" else { return .notAllowed(request.method) }
            let fields = try request.fields().get()
            switch request.route {
            case .enrollment: return try await enroll(fields, context)
            case .certificate: return try await certify(fields, context)
            }
        } catch let refusal as WebhookRequest.Refusal {
            return refusal.answer
        } catch {
            let problem = (error as? StoreError)?.description ?? "unexpected \(String(reflecting: type(of: error)))"
            context.log.error("webhook_failed", ["problem": .string(problem)])
            return request.route.failure
        }
    }

    private func sender(of request: WebhookRequest, _ context: JobContext) async throws -> WebhookSender {
        guard let token = request.bearerToken else { return .nobody }
        let owner = try await context.read { session in try session.bearerOwner(of: token) }
        return WebhookSender(owner, at: time.now())
    }

    // MARK: Enrollment

    private func enroll(_ fields: WebhookFields, _ context: JobContext) async throws -> WebhookAnswer {
        let now = time.now()
        return try await context.write { session in
            guard let user = try session.learnerID(email: fields.email) else { return .error(404, "User not found") }
            guard let run = try session.offeredRunID(fields.run) else {
                return .error(404, "Course run with id \(fields.run) not found")
            }
            let event = LearnerEvent(.enrollment, user: user, run: run, receivedAt: now)
            let effect = try EnrollmentEvent.apply(event, stamp: context.stamp, in: &session)
            return effect?.answer ?? WebhookRoute.enrollment.failure
        }
    }

    // MARK: Certificate

    private enum Reception: Sendable {
        case refused(WebhookAnswer)
        case certified
        case recorded(Queue.Joining)
    }

    private func certify(_ fields: WebhookFields, _ context: JobContext) async throws -> WebhookAnswer {
        let reception = try await receive(fields, context)
        switch reception {
        case .refused(let answer): return answer
        case .certified: return .empty(200)
        case .recorded(.mine(let entry)): return await work(on: entry, context)
        case .recorded(.others(let id)): return try await share(id, context)
        }
    }

    /// Writes the event down before anything is done for it.
    private func receive(_ fields: WebhookFields, _ context: JobContext) async throws -> Reception {
        let now = time.now()
        return try await context.write { session in
            guard let user = try session.learnerID(email: fields.email) else {
                return .refused(.error(404, "User with email '\(fields.email)' not found."))
            }
            guard let run = try session.offeredRunID(fields.run) else {
                return .refused(.error(404, "Course run with id '\(fields.run)' not found."))
            }
            if try session.hasActiveCertificate(user: user, run: run, at: now) { return .certified }
            return .recorded(
                try Queue.inbox.join(
                    CertificateEvents.kind, key: CertificateEvents.key(user: user, run: run),
                    payload: CertificateEvents.payload(user: user, run: run), for: Self.claimLife, at: now, in: &session
                ))
        }
    }

    private func work(on entry: Queue.Entry, _ context: JobContext) async -> WebhookAnswer {
        do {
            _ = try await certificates.settle(entry, in: context)
            return .empty(200)
        } catch {
            context.failed(entry.name, error)
            // What will not go better is kept for a person, and nothing for the sender to repeat.
            return QueueWork.isFinal(error) ? .empty(200) : WebhookRoute.certificate.failure
        }
    }

    /// What another delivery of the same event, or the job, makes of it.
    private func share(_ id: Int64, _ context: JobContext) async throws -> WebhookAnswer {
        let end = time.steady() + Self.wait
        while true {
            let now = time.now()
            let standing = try await context.read { session in
                try Queue.inbox.standing(of: id, at: now, in: &session)
            }
            switch standing {
            case .done: return .empty(200)
            case .waiting: return WebhookRoute.certificate.failure
            case .inHand: guard time.steady() < end else { return WebhookRoute.certificate.failure }
            }
            try await sleep(Self.pause)
        }
    }
}

extension WebhookRoute {
    /// The answer to what may go better later; the sender tries again.
    fileprivate var failure: WebhookAnswer {
        switch self {
        case .enrollment: .error(503, "Failed to create enrollment")
        case .certificate: .empty(503)
        }
    }
}
