import Bytes
import Records
import Services
import Store
import Worker

/// How a learner's enrollments were changed to those that Open edX has.
public struct PulledEnrollments: Hashable, Sendable {
    /// Rows that were made.
    public var created: [Int] = []
    /// Rows that became active.
    public var reactivated: [Int] = []
    /// Rows that became inactive.
    public var deactivated: [Int] = []
    /// Rows that are active here while Open edX has none of the kind.
    public var unknown: [Int] = []

    /// Nothing was changed.
    public init() {}
}

extension EnrollmentChanges {
    /// Changes a learner's enrollments to those that Open edX has (`spec/openedx.md` §6.8). What Open edX is still to be told is
    /// left as it is.
    ///
    /// - Returns: nil when the learner has no account at Open edX, and that is ignored.
    /// - Throws: `ServiceError`; `LockBusy`; `StoreError`.
    public func pull(_ user: Int) async throws -> PulledEnrollments? {
        guard let token = try await accounts.tokens.token(for: user) else { return nil }
        return try await alone(with: user) {
            let there = try await client.ownEnrollments(userToken: token)
            let now = time.now()
            let pulled = try await database.write { session in
                try pull(user, there, at: now, in: &session)
            }
            if !pulled.unknown.isEmpty {
                log.error(
                    "enrollments_unknown_to_open_edx",
                    [
                        "user": .int(user),
                        "enrollments": .string(pulled.unknown.map(String.init).joined(separator: ",")),
                    ])
            }
            return pulled
        }
    }

    private func pull(
        _ user: Int, _ there: [String: OpenEdXEnrollment], at now: Timestamp, in session: inout Session
    ) throws -> PulledEnrollments {
        var pulled = PulledEnrollments()
        let rows = try EnrollmentRow.locked(ofUser: user, in: &session)
        let here = Set(rows.map(\.runKey))
        let fake = Set(
            try RunToEnroll.rows(rows.map(\.runID), in: &session).filter(\.isFake).map(\.id))
        for row in rows where !row.isLeaving && !(row.isActive && !row.isEdxEnrolled) {
            guard let other = there[row.runKey] else {
                if row.isActive, !fake.contains(row.runID) { pulled.unknown.append(row.id) }
                continue
            }
            guard other.isActive != row.isActive else { continue }
            var after = row
            after.isActive = other.isActive
            after.changeStatus = other.isActive ? nil : "unenrolled"
            // In another mode it is brought to ours by the job that retries.
            if other.isActive { after.isEdxEnrolled = other.mode == row.mode }
            guard try row.changed(to: after, actor: user, stamp: stamp, at: now, in: &session) else { continue }
            if other.isActive { pulled.reactivated.append(row.id) } else { pulled.deactivated.append(row.id) }
        }
        let missing = there.keys.filter { !here.contains($0) }.sorted()
        for run in try RunToEnroll.rows(keys: missing, in: &session).sorted(by: { $0.id < $1.id }) {
            guard let other = there[run.key] else { continue }
            let row = try EnrollmentRow.insert(
                user: user, run: run.id, mode: other.mode, isActive: other.isActive, isEdxEnrolled: true, stamp: stamp,
                at: now, in: &session)
            if let row { pulled.created.append(row.id) }
        }
        return pulled
    }
}
