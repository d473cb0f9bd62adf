import Command
import Flows
import Records
import Services
import Store
import Synchronization
import Worker

/// What a run of ``RepairUsers`` does for one learner after another.
final class LearnerRepair: Sendable {
    /// The wait after the first failure for the moment; it doubles with each one (`spec/openedx.md` §5.5).
    private static let firstWait = Duration.seconds(30 * 60)
    private static let longestWait = Duration.seconds(86_400)

    private let context: JobContext
    private let accounts: AccountRepair
    private let tokens: LearnerTokens
    private let state = Mutex((repaired: Set<String>(), failuresInARow: 0))

    init(in context: JobContext, accounts: AccountRepair, tokens: LearnerTokens) {
        self.context = context
        self.accounts = accounts
        self.tokens = tokens
    }

    /// The keys of the learners who lack nothing any more.
    var repaired: Set<String> { state.withLock(\.repaired) }

    /// The key of a learner's failures: `learner:11`.
    static func key(_ user: Int) -> String { "learner:\(user)" }

    /// The learner of a key.
    static func user(_ key: String) -> Int? { key.split(separator: ":").last.flatMap { Int($0) } }

    /// Makes what the learner lacks.
    func repair(_ learner: LearnerToRepair) async throws {
        guard !context.isDryRun else { return rehearse(learner) }
        do {
            let outcome = try await accounts.repair(learner.id)
            if case .created = outcome {
                context.count(.accountsCreated)
                context.serviceAnswered(.effect)
            }
            if case .refused(let refusal) = outcome { return try await refused(learner, refusal) }
            // Asking for the account may have taken tokens already.
            let authorization = try await tokens.authorize(learner.id)
            if authorization == .stored || authorization == .present && !learner.hasTokens {
                context.count(.tokensCreated)
            }
        } catch {
            try await failed(learner, error)
            throw error
        }
        succeeded(learner)
        context.serviceAnswered(.effect)
    }

    private func succeeded(_ learner: LearnerToRepair) {
        state.withLock { state in
            state.repaired.insert(Self.key(learner.id))
            state.failuresInARow = 0
        }
    }

    private func rehearse(_ learner: LearnerToRepair) {
        switch (learner.isSynced, learner.hasTokens) {
        case (false, _): context.rehearse("make the Open edX account of \(learner), and get tokens for it")
        case (true, false): context.rehearse("get tokens for the Open edX account of \(learner)")
        case (true, true): context.rehearse("ask for the Open edX account of \(learner), and make it if it is gone")
        }
    }

    private func refused(_ learner: LearnerToRepair, _ refusal: AccountOutcome.Refusal) async throws {
        state.withLock { $0.failuresInARow = 0 }
        switch refusal {
        case .noLearner: return
        case .registration: context.count(.syncErrors)
        case .noUsername:
            context.count(.failed)
            let (now, job, key) = (context.time.now(), context.job, Self.key(learner.id))
            _ = try await context.write { session in
                try session.insertOpenEdXAccount(of: learner.id, at: now)
                return try Items(of: job).failed(key, "\(refusal)", at: now, in: &session)
            }
        }
        context.failed(
            "\(learner)",
            ServiceError("Open edX", "account", .permanent, mayHaveHappened: false, detail: "\(refusal)"))
    }

    /// Lets the learner wait who failed for a reason that may be the learner's own, and ends the run when it is everybody's.
    private func failed(_ learner: LearnerToRepair, _ error: any Error) async throws {
        if error is LockBusy || error is StoreError { context.count(.failed) }
        guard let problem = Self.problem(error) else { return }
        context.count(.failed)
        let (now, job, key) = (context.time.now(), context.job, Self.key(learner.id))
        try await context.write { session in
            try Items(of: job).postponed(key, problem, wait: Self.wait, at: now, in: &session)
        }
        let number = state.withLock { state in
            state.failuresInARow += 1
            return state.failuresInARow
        }
        guard number >= RepairUsers.patience else { return }
        // The engine's own words, that nothing is held against anybody, are not true here: each of them has to wait.
        throw Failure(
            (error as? ServiceError)?.failure.status == .temporary ? .temporary : .unavailable,
            "\(problem); \(number) learners in a row failed, so the run stops: they are tried again later, half an hour from"
                + " now at the soonest, and the others by the next run")
    }

    /// What is the matter, when it is nothing that ends the run in any case, nor a learner that another process is at.
    private static func problem(_ error: any Error) -> String? {
        switch error {
        case let error as ServiceError:
            switch error.disposition {
            case .temporary, .unavailable, .permanent: error.description
            case .systemic, .stopped: nil
            }
        case let error as Postponed: error.problem
        case is CancellationError, is LeaseLost, is Failure, is LockBusy, is StoreError: nil
        default: "unexpected \(String(reflecting: type(of: error)))"
        }
    }

    private static func wait(after failures: Int) -> Duration {
        min(firstWait * (1 << min(failures - 1, 10)), longestWait)
    }
}
