import Bytes
import Command
import Services
import Store

extension Counter {
    /// Items that were due.
    public static let selected = Counter("selected")
    /// Items that failed and will fail again as they are.
    public static let permanent = Counter("permanent")
    /// Items that failed for the moment.
    public static let transient = Counter("transient")
}

extension JobContext {
    /// Works on the items, at most `atOnce` at a time; the failure of one does not stop the others. Returns when all are done,
    /// or, after a signal or a failure that concerns all, when those in hand are.
    ///
    /// - Parameter name: what logs call an item, without learners' data: `enrollment 812`.
    public func forEach<Item: Sendable>(
        _ items: some Sequence<Item>, atOnce: Int, name: @escaping @Sendable (Item) -> String,
        _ body: @escaping @Sendable (Item) async throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for item in items {
                if running >= atOnce {
                    await group.next()
                    running -= 1
                }
                guard mayBegin() else { break }
                running += 1
                group.addTask { await self.attempt(item, name, body) }
            }
            await group.waitForAll()
        }
    }

    private func attempt<Item: Sendable>(
        _ item: Item, _ name: @Sendable (Item) -> String, _ body: @Sendable (Item) async throws -> Void
    ) async {
        do {
            try await body(item)
        } catch {
            failed(name(item), error)
        }
    }

    /// What an outside service is asked.
    public enum Exchange: Sendable {
        /// How things are.
        case question
        /// To change something.
        case effect
    }

    /// Notes that the outside service answered: failures of the kind before were not those of an outage, and are logged. That
    /// questions are answered says nothing of effects. A ``Step`` notes it by itself.
    public func serviceAnswered(_ exchange: Exchange) {
        for held in tally.serviceAnswered(exchange) { logHeld(held) }
    }

    /// Notes that an item, or `count` of them together, failed, and what that means for the run.
    public func failed(_ item: String, count: Int = 1, _ error: any Error, in exchange: Exchange = .effect) {
        switch error {
        case let error as ServiceError: failed(item, count, error, exchange)
        case is CancellationError: break
        case is LeaseLost, is Failure: tally.halt(error)
        case let error as StoreError where error.code.concernsAll: tally.halt(error)
        case let error as QueueRejection:
            note(item, count, .permanent, error.problem)
            log.warning("item_refused", ["item": .string(item), "problem": .string(error.problem)])
        case let error as QueueDelay:
            note(item, count, .transient, error.problem)
            logPostponed(item, error.problem)
        case let error as Postponed:
            note(item, count, .transient, error.problem)
            logPostponed(item, error.problem)
        case is LockBusy:
            note(
                item, count, .transient,
                "another process has the learner's lock; if that was killed, it ends within two minutes")
            log.info("item_busy", ["item": .string(item)])
        default:
            // Of an unknown error nothing but the type is known to be free of secrets.
            let problem = (error as? StoreError)?.description ?? "unexpected \(String(reflecting: type(of: error)))"
            note(item, count, .transient, problem)
            log.error("item_failed", ["item": .string(item), "problem": .string(problem)])
        }
    }

    private func failed(_ item: String, _ number: Int, _ error: ServiceError, _ exchange: Exchange) {
        switch error.disposition {
        case .permanent:
            serviceAnswered(exchange)
            note(item, number, .permanent, error.description)
            log.warning("item_refused", ["item": .string(item), "problem": .string(error.description)])
        case .temporary where error.isRefusal:
            serviceAnswered(exchange)
            note(item, number, .transient, error.description)
            logPostponed(item, error.description)
        case .temporary, .unavailable:
            count(.transient, by: number)
            tally.held(Tally.HeldFailure(item: item, error: error, count: number, exchange: exchange))
        case .systemic: tally.halt(error.failure)
        // Without a signal it was the lease that let the call not go out.
        case .stopped: if !Task.isCancelled { tally.halt(LeaseLost()) }
        }
    }

    private func note(_ item: String, _ number: Int, _ counter: Counter, _ problem: String) {
        count(counter, by: number)
        tally.failed("\(item): \(problem)", count: number)
    }

    /// Has something be told that somebody should look at, once the run has done its work; each event
    /// once. An outage is told by itself.
    public func alarm(_ event: StaticString, _ fields: LogFields) {
        tally.alarm(event, fields)
    }

    /// Takes over what a part of the run counted, and returns what has halted it.
    public func conclude(_ part: JobContext) -> (any Error)? {
        tally.take(over: part.tally)
        do {
            for failure in try part.tally.conclusion().held { logHeld(failure) }
            return nil
        } catch {
            return error
        }
    }

    /// Tells the alarms, and one more when over a fifth of the calls failed (`spec/openedx.md` §16.2).
    func tellAlarms() {
        for (event, fields) in tally.alarms { log.warning(event, fields) }
        let (failed, all) = tally.calls
        if failed * 5 > all { log.warning("many_calls_failed", ["failed": .int(failed), "calls": .int(all)]) }
    }

    func logHeld(_ held: Tally.HeldFailure) {
        logPostponed(held.item, held.error.description)
    }

    private func logPostponed(_ item: String, _ problem: String) {
        log.error("item_postponed", ["item": .string(item), "problem": .string(problem)])
    }
}

/// An item cannot be worked on for the moment, with no sign of an outage: others may go well.
public struct Postponed: Error, Hashable, Sendable {
    /// What is in the way, without learners' data.
    public let problem: String

    /// An item that waits for the next run.
    public init(_ problem: String) {
        self.problem = problem
    }
}

extension ServiceError {
    /// Whether the service answered that it will not: then it is not down.
    fileprivate var isRefusal: Bool {
        guard let status, (400...499).contains(status) else { return false }
        return ![408, 425, 429].contains(status)
    }

    /// What the error means to the person who started the program, when it ends a run.
    public var failure: Failure {
        switch disposition {
        case .systemic: Failure(.configuration, "\(self); the run stops, and nothing was counted against an item")
        case .permanent: Failure(.data, description)
        case .stopped: Failure(.temporary, description)
        case .temporary, .unavailable: Failure(isQuota ? .temporary : .unavailable, description)
        }
    }

    /// Whether the service asks for a pause, now or in an answer whose pause is not over, rather than is down.
    var isQuota: Bool {
        if status == 429 { return true }
        guard status == nil, case .unavailable(.some) = disposition else { return false }
        return true
    }
}

extension StoreError.Code {
    /// Whether the next item would fail in the same way.
    var concernsAll: Bool {
        switch self {
        case .malformedValue, .uniqueViolation, .constraint, .serialization, .busy: false
        default: true
        }
    }
}
