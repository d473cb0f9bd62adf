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
        if case .present(let answer) = step.knowledge {
            return .done(try await record(answer, of: step))
        }
        let intents = Intents(job: job)
        let opening = try await write { session -> Opening in
            guard try step.isWanted(&session) else { return .unwanted }
            let wasOpen = try intents.open(
                step.key, digest: step.digest, run: runID, at: time.now(), in: &session)
            return wasOpen.map(Opening.open) ?? .alreadyDone
        }
        switch opening {
        case .unwanted: return .unwanted
        case .alreadyDone: return .alreadyDone
        case .open(let wasOpen):
            try pass(EnginePoints.intended)
            let answer = try await answer(of: step, wasOpen: wasOpen)
            try pass(EnginePoints.answered)
            return .done(try await record(answer, of: step))
        }
    }

    private enum Opening {
        case unwanted
        case alreadyDone
        case open(Bool)
    }

    private func answer<Answer, Result>(of step: Step<Answer, Result>, wasOpen: Bool) async throws -> Answer {
        do {
            if wasOpen, case .unknown = step.knowledge, let answer = try await step.ask() {
                serviceAnswered()
                return answer
            }
            // A process that was stopped for long must not send what its successor has seen to by now.
            try checkLease()
            let answer = try await step.call()
            serviceAnswered()
            return answer
        } catch let error as ServiceError {
            if !error.mayHaveHappened { try await giveUp(step) }
            throw error
        } catch let error as Postponed {
            try await giveUp(step)
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

    /// Removes the intent of a call that surely had no effect.
    private func giveUp<Answer, Result>(_ step: Step<Answer, Result>) async throws {
        try await write { session in
            try Intents(job: job).close(step.key, keeping: false, at: time.now(), in: &session)
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
