import Bytes
import Records
import Services
import Store
import Worker

/// What an order that is fulfilled gives the learner (`spec/openedx.md` §6.3), in the transaction of the order: no call is made
/// there. An outbox entry has Open edX told afterwards, and the learner sent the mail, once, whoever enrolled them by then.
public enum OrderEnrollments {
    /// The kind of outbox entries that have Open edX told of an enrollment that was paid for.
    public static let kind = "enroll"

    /// Enrolls in a run that was bought, as verified, and notes the payment.
    ///
    /// - Throws: `StoreError`; `Postponed` when the enrollment was changed by another at that moment.
    public static func add(
        run: Int, of user: Int, order: Int, stamp: String, at now: Timestamp, in session: inout Session
    ) throws {
        try intend(user, [run], stamp: stamp, at: now, in: &session)
        try PaidRuns.add(user: user, run: run, order: order, at: now, in: &session)
    }

    /// Enrolls in a program that was bought, as verified, notes the payment, and makes the learner verified in the runs of the
    /// program that can still be upgraded.
    ///
    /// - Throws: `StoreError`; `Postponed` when an enrollment was changed by another at that moment.
    public static func add(
        program: Int, of user: Int, order: Int, stamp: String, at now: Timestamp, in session: inout Session
    ) throws {
        try ProgramEnrollments.enroll(user, in: program, as: "verified", stamp: stamp, at: now, in: &session)
        try PaidRuns.add(user: user, program: program, order: order, at: now, in: &session)
        let runs = try PaidRuns.upgradableRuns(of: user, program: program, at: now, in: &session)
        try intend(user, runs, stamp: stamp, at: now, in: &session)
    }

    private static func intend(
        _ user: Int, _ runs: [Int], stamp: String, at now: Timestamp, in session: inout Session
    ) throws {
        for run in try RunToEnroll.rows(runs, in: &session) {
            let intent = try EnrollmentIntent.write(
                user, into: run, as: "verified", stamp: stamp, at: now, in: &session)
            guard !run.isFake else { continue }
            let payload: [JSONValue.Member] = [
                .init(key: "enrollment", value: .number("\(intent.row.id)")),
                .init(key: "mode", value: .string(intent.row.mode)),
                .init(key: "occasion", value: intent.occasion.map(JSONValue.string) ?? .null),
            ]
            try Queue.outbox.add(
                kind, key: "enrollment:\(intent.row.id)", payload: .object(payload), due: now, at: now, in: &session)
        }
    }
}

extension EnrollmentChanges {
    /// Sees to an outbox entry of the kind ``OrderEnrollments/kind``. When the job that retries was quicker, only the mail is left
    /// to be sent. An enrollment that was changed since is left alone.
    ///
    /// Only that job counts failures: what Open edX refuses is tried again here until the enrollment is given up there.
    ///
    /// - Throws: `QueueRejection`; `ServiceError`; `LockBusy`; `StoreError`.
    public func enroll(_ entry: Queue.Entry) async throws {
        guard let id = entry.payload["enrollment"]?.int, let mode = entry.payload["mode"]?.string else {
            throw Self.unreadable(entry)
        }
        guard let user = try await enrollment(id)?.userID else { return }
        try await alone(with: user) {
            guard let pending = try await enrollment(id), pending.change == .enroll, pending.mode == mode else {
                return
            }
            do {
                if !pending.isEdxEnrolled { try await enroll(user, in: pending.runKey, mode: mode) }
            } catch let error as ServiceError where error.disposition == .permanent {
                guard try await !isGivenUp(id) else { throw error }
                throw ServiceError(
                    error.service, error.call, .temporary, mayHaveHappened: error.mayHaveHappened, status: error.status,
                    detail: error.detail)
            }
            let now = time.now()
            _ = try await database.write { session in
                try EnrollmentIntent.finish(
                    id, mode: mode, occasion: entry.payload["occasion"]?.string, at: now, in: &session)
            }
        }
    }

    private func isGivenUp(_ enrollment: Int) async throws -> Bool {
        try await database.read { session in
            try PendingEnrollments.givenUp(in: &session).contains { $0.id == enrollment }
        }
    }
}
