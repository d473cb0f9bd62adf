import Bytes
import Command
import Records
import Services
import Store
import Worker

/// That a learner who came back is to get the course's e-mails (`spec/openedx.md` §6.7).
public enum MailSubscription {
    /// The kind of outbox entries that say so.
    public static let kind = "subscribe"

    /// Has it seen to, in the transaction of the reactivation.
    static func request(for enrollment: Int, at now: Timestamp, in session: inout Session) throws {
        try Queue.outbox.add(
            kind, key: "enrollment:\(enrollment)",
            payload: .object([JSONValue.Member(key: "enrollment", value: .number("\(enrollment)"))]), due: now, at: now,
            in: &session)
    }
}

extension EnrollmentChanges {
    /// Sees to an outbox entry of the kind ``MailSubscription/kind``. Whoever left again is left alone.
    ///
    /// - Throws: `QueueRejection`; `ServiceError`, temporary while Open edX does not have the enrollment yet; `LockBusy`; `StoreError`.
    public func subscribe(_ entry: Queue.Entry) async throws {
        guard let id = entry.payload["enrollment"]?.int else { throw Self.unreadable(entry) }
        guard let pending = try await enrollment(id), pending.change == .enroll, !pending.isFakeRun else { return }
        guard pending.isEdxEnrolled else {
            throw ServiceError(
                "Open edX", "e-mail settings", .temporary, mayHaveHappened: false,
                detail: "the enrollment is not there yet")
        }
        guard let token = try await accounts.tokens.token(for: pending.userID),
            try await client.receiveMails(true, of: pending.runKey, userToken: token)
        else { return }
        try await noteMails(true, of: id)
    }

    /// What `PATCH /api/v1/enrollments/{id}/` with `receive_emails` does and answers: 200 and whether Open edX did it, 502 when
    /// Open edX answered with an error, 400 with the reason when it could not be asked, 404 without an active enrollment.
    ///
    /// - Throws: `StoreError`.
    public func receiveMails(_ receives: Bool, of enrollment: Int) async throws -> EnrollmentAnswer {
        guard let pending = try await self.enrollment(enrollment), pending.change == .enroll else { return .notFound }
        do {
            guard let token = try await accounts.tokens.token(for: pending.userID) else { return .ok(.bool(false)) }
            let isDone = try await changeMails(receives, of: pending, token)
            if isDone || !receives { try await noteMails(receives || !isDone, of: enrollment) }
            return .ok(.bool(isDone))
        } catch is MailSettingsRefused {
            return .unavailable
        } catch let error as ServiceError {
            return .refused(error.description)
        } catch let error as LockBusy {
            return .refused("\(error.name) is being worked on by another process; try again")
        }
    }

    private struct MailSettingsRefused: Error {}

    private func changeMails(
        _ receives: Bool, of pending: PendingEnrollment, _ token: Secret
    ) async throws -> Bool {
        do {
            return try await client.receiveMails(receives, of: pending.runKey, userToken: token)
        } catch {
            guard (error.status ?? 0) >= 400 else { throw error }
            log.warning(
                "mail_settings_refused", ["enrollment": .int(pending.id), "problem": .string(error.description)])
            throw MailSettingsRefused()
        }
    }

    private func noteMails(_ receives: Bool, of enrollment: Int) async throws {
        let now = time.now()
        try await database.write { session in
            guard let row = try EnrollmentRow.locked(enrollment, in: &session), row.isActive else { return }
            var after = row
            after.receivesMails = receives
            _ = try row.changed(to: after, stamp: stamp, at: now, in: &session)
        }
    }

    /// The enrollment as it is, if it is active or its leaving has not reached Open edX.
    func enrollment(_ id: Int) async throws -> PendingEnrollment? {
        try await database.read { session in
            try PendingEnrollment.rows([id], enrolledToo: true, in: &session).first
        }
    }

    static func unreadable(_ entry: Queue.Entry) -> QueueRejection {
        QueueRejection("entry \(entry.id) names no enrollment")
    }
}
