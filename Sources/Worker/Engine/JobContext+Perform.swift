import Bytes
import Services
import Store

extension JobContext {
    /// Brings about one effect outside, by the protocol of ``Step``.
    ///
    /// - Throws: ``ServiceError`` when the call failed, ``LeaseLost``; ``StoreError``.
    public func perform<Answer, Result>(_ step: Step<Answer, Result>) async throws -> StepEnding<Result> {
        if isDryRun {
            rehearse(step.summary)
            return .rehearsed
        }
        // What is done once for ever takes its key also when the call is not needed.
        if case .present(let answer) = step.knowledge, !step.isOnceForEver {
            return .done(try await record(answer, of: step))
        }
        let intents = Intents(job: job)
        let opening = try await write { session -> Opening in
            guard try step.isWanted(&session) else {
                // This run has asked, and it has not happened: there is nothing left to see to.
                if case .absent = step.knowledge {
                    try intents.close(step.key, keeping: false, at: time.now(), in: &session)
                }
                return .unwanted
            }
            let wasOpen = try intents.open(
                step.key, digest: step.digest, run: runID, at: time.now(), in: &session)
            return wasOpen.map(Opening.open) ?? .alreadyDone
        }
        switch opening {
        case .unwanted: return .unwanted
        case .alreadyDone: return .alreadyDone
        case .open(let wasOpen):
            try pass(EnginePoints.intended)
            if case .present(let answer) = step.knowledge { return .done(try await record(answer, of: step)) }
            // An ask that fails leaves the intent as it was: whether it happened is still not known.
            if wasOpen, case .unknown = step.knowledge, let answer = try await step.ask() {
                serviceAnswered(.question)
                return .done(try await record(answer, of: step))
            }
            let answer = try await call(step)
            try pass(EnginePoints.answered)
            return .done(try await record(answer, of: step))
        }
    }

    private enum Opening {
        case unwanted
        case alreadyDone
        case open(Bool)
    }

    private func call<Answer, Result>(_ step: Step<Answer, Result>) async throws -> Answer {
        do {
            // A process that was stopped for long must not send what its successor has seen to by now.
            try checkLease()
            let answer = try await step.call()
            serviceAnswered(.effect)
            return answer
        } catch let error as ServiceError {
            if !error.mayHaveHappened { await giveUp(step) }
            throw error
        } catch let error as Postponed {
            await giveUp(step)
            throw error
        }
    }

    private func record<Answer, Result>(_ answer: Answer, of step: Step<Answer, Result>) async throws -> Result {
        let result = try await write { session in
            let result = try step.record(answer, &session)
            try Intents(job: job).close(step.key, keeping: step.isOnceForEver, at: time.now(), in: &session)
            return result
        }
        try pass(EnginePoints.recorded)
        return result
    }

    /// Removes the intent of a call that surely had no effect. If that fails, the error of the call is still the one to tell, and
    /// the next run asks.
    private func giveUp<Answer, Result>(_ step: Step<Answer, Result>) async {
        do {
            try await write { session in
                try Intents(job: job).close(step.key, keeping: false, at: time.now(), in: &session)
            }
        } catch is LeaseLost {
            // Whoever took over sees to it.
        } catch {
            log.error("intent_left_open", ["item": .string(step.key)])
        }
    }

    /// The keys of the intents that a former run left open.
    public func openIntents() async throws -> [String] {
        let job = job
        return try await read { session in try Intents(job: job).keys(in: &session) }
    }

    /// Removes an open intent whose effect is not wanted any more, if `body` says so, after it saw to what the call may have
    /// left behind; returns what it said.
    public func settle(_ key: String, _ body: @Sendable (inout Session) throws -> Bool) async throws -> Bool {
        try await write { session in
            guard try body(&session) else { return false }
            try Intents(job: job).close(key, keeping: false, at: time.now(), in: &session)
            return true
        }
    }
}
