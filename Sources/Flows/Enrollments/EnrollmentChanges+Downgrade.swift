import Bytes
import Records
import Store
import Worker

extension EnrollmentChanges {
    /// Takes a learner whose money was given back to audit in these runs, each for itself (`spec/sheets.md` §7.4): who is not
    /// enrolled stays so, who left only loses the mode, and nobody gets a mail. What Open edX does not take is left to the job that
    /// retries.
    ///
    /// - Throws: `LockBusy`; `StoreError` when nothing was begun.
    public func downgrade(_ user: Int, in runs: [Int]) async throws -> [PushedEnrollment] {
        guard !runs.isEmpty else { return [] }
        return try await alone(with: user) {
            let known = try await database.read { session in try RunToEnroll.rows(runs, in: &session) }
            var written: [Result<EnrollmentIntent, RunFailure>] = []
            for run in known {
                do {
                    let now = time.now()
                    let intent = try await database.write { session in
                        try downgraded(user, run, at: now, in: &session)
                    }
                    if let intent { written.append(.success(intent)) }
                } catch {
                    written.append(.failure(RunFailure(run: run.id, error: error)))
                }
            }
            return await bring(written, of: user, keepsFailed: true)
        }
    }

    /// What Open edX is to be told, if anything.
    private func downgraded(
        _ user: Int, _ run: RunToEnroll, at now: Timestamp, in session: inout Session
    ) throws -> EnrollmentIntent? {
        guard let row = try EnrollmentRow.locked(user: user, run: run.id, in: &session) else { return nil }
        guard row.isActive else {
            var after = row
            after.mode = "audit"
            _ = try row.changed(to: after, stamp: stamp, at: now, in: &session)
            return nil
        }
        return try EnrollmentIntent.write(
            user, into: run, as: "audit", changeStatus: row.mode == "audit" ? row.changeStatus : nil, sendsMail: false,
            stamp: stamp, at: now, in: &session)
    }
}
