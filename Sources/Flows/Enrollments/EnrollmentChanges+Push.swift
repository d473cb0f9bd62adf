import Records
import Services
import Store
import Worker

/// What became of a run that a learner was to be enrolled in.
public struct PushedEnrollment: Sendable {
    /// The run.
    public let run: Int
    /// The row that is there now; nil when nothing was kept.
    public let enrollment: Int?
    /// Why Open edX does not have it, or why nothing could be written; nil when Open edX has it. The description is safe to log.
    public let problem: (any Error)?

    /// Whether Open edX has it.
    public var isEdxEnrolled: Bool { problem == nil }
}

/// There is no course run of that id.
public struct NoSuchRun: Error, Hashable, Sendable, CustomStringConvertible {
    /// The id.
    public let id: Int

    /// `there is no course run 12`.
    public var description: String { "there is no course run \(id)" }
}

extension EnrollmentChanges {
    /// Enrolls a learner in runs, or changes the mode of enrollments (`spec/openedx.md` §6.2).
    ///
    /// Each run succeeds or fails for itself. What Open edX did not take stays for the job that retries if `keepsFailed` says so,
    /// and else is as it was before.
    ///
    /// - Parameters:
    ///   - runs: their ids; none is no work at all.
    ///   - mode: `audit` or `verified`.
    ///   - changeStatus: the status of new rows and of rows that are active.
    ///   - keepsFailed: when nil, as `FEATURE_IGNORE_EDX_FAILURES` says.
    /// - Throws: `LockBusy`; `StoreError` when nothing was begun.
    public func push(
        _ user: Int, into runs: [Int], as mode: String = "audit", changeStatus: String? = nil,
        keepsFailed: Bool? = nil
    ) async throws -> [PushedEnrollment] {
        guard !runs.isEmpty else { return [] }
        return try await alone(with: user) {
            let known = try await database.read { session in try RunToEnroll.rows(runs, in: &session) }
            let byID = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
            var written: [Result<EnrollmentIntent, RunFailure>] = []
            for id in runs where !written.contains(where: { $0.run == id }) {
                guard let run = byID[id] else {
                    written.append(.failure(RunFailure(run: id, error: NoSuchRun(id: id))))
                    continue
                }
                written.append(await intend(user, into: run, as: mode, changeStatus))
            }
            return await bring(written, of: user, keepsFailed: keepsFailed ?? keepsFailedByDefault)
        }
    }

    struct RunFailure: Error {
        let run: Int
        let error: any Error
    }

    private func intend(
        _ user: Int, into run: RunToEnroll, as mode: String, _ changeStatus: String?
    ) async -> Result<EnrollmentIntent, RunFailure> {
        do {
            let now = time.now()
            let intent = try await database.write { session in
                try EnrollmentIntent.write(
                    user, into: run, as: mode, changeStatus: changeStatus, stamp: stamp, at: now, in: &session)
            }
            return .success(intent)
        } catch {
            await report(error, user, run.id)
            return .failure(RunFailure(run: run.id, error: error))
        }
    }

    /// Tells Open edX of what was written, one after the other. A wrong credential, or the end of the program, ends the calls.
    func bring(
        _ written: [Result<EnrollmentIntent, RunFailure>], of user: Int, keepsFailed: Bool
    ) async -> [PushedEnrollment] {
        var halt: ServiceError?
        var pushed: [PushedEnrollment] = []
        for entry in written {
            switch entry {
            case .failure(let failure):
                pushed.append(PushedEnrollment(run: failure.run, enrollment: nil, problem: failure.error))
            case .success(let intent):
                do {
                    if let halt { throw halt }
                    if !intent.run.isFake {
                        try await enroll(user, in: intent.run.key, mode: intent.row.mode)
                    }
                    pushed.append(await finished(intent))
                } catch {
                    if let error = error as? ServiceError, [.systemic, .stopped].contains(error.disposition) {
                        halt = error
                    }
                    pushed.append(await failed(intent, error, isKept: keepsFailed))
                }
            }
        }
        return pushed
    }

    private func finished(_ intent: EnrollmentIntent) async -> PushedEnrollment {
        var problem: (any Error)?
        do {
            let now = time.now()
            let isDone = try await database.write { session in try intent.finish(at: now, in: &session) }
            if !isDone { problem = Postponed("the enrollment was changed by another meanwhile") }
        } catch {
            await report(error, intent.row.userID, intent.run.id)
            problem = error
        }
        return PushedEnrollment(run: intent.run.id, enrollment: intent.row.id, problem: problem)
    }

    private func failed(
        _ intent: EnrollmentIntent, _ error: any Error, isKept: Bool
    ) async -> PushedEnrollment {
        log.warning(
            "enrollment_not_pushed",
            [
                "enrollment": .int(intent.row.id), "kept": .bool(isKept), "problem": .string("\(error)"),
            ])
        guard !isKept else {
            return PushedEnrollment(run: intent.run.id, enrollment: intent.row.id, problem: error)
        }
        do {
            let now = time.now()
            let isCertain = !((error as? ServiceError)?.mayHaveHappened ?? false)
            try await database.write { session in
                try intent.undo(isCertain: isCertain, stamp: stamp, at: now, in: &session)
            }
            return PushedEnrollment(run: intent.run.id, enrollment: nil, problem: error)
        } catch let undoing {
            // The row stays, and with it the intent.
            await report(undoing, intent.row.userID, intent.run.id)
            return PushedEnrollment(run: intent.run.id, enrollment: intent.row.id, problem: error)
        }
    }

    /// Tells the support that an enrollment could not be written; the others go on.
    private func report(_ error: any Error, _ user: Int, _ run: Int) async {
        log.error("enrollment_not_written", ["user": .int(user), "run": .int(run), "problem": .string("\(error)")])
        let now = time.now()
        let mail = Mail(.enrollmentFailure, occasion: "\(user):\(run)@\(now)", user: user)
        do {
            try await database.write { session in try mail.post(at: now, in: &session) }
        } catch {
            log.error("mail_not_posted", ["user": .int(user), "problem": .string("\(error)")])
        }
    }
}

extension Result<EnrollmentIntent, EnrollmentChanges.RunFailure> {
    fileprivate var run: Int {
        switch self {
        case .success(let intent): intent.run.id
        case .failure(let failure): failure.run
        }
    }
}
