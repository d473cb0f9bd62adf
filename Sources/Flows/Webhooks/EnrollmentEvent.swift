import Bytes
import Records
import Store

/// What the enrollment webhook brings about: whoever teaches a run sees it like those who take it (`spec/openedx.md` §12.2).
enum EnrollmentEvent {
    /// The modes and statuses of the effect.
    private static let audit = "audit"
    /// Who gave the money back, or moved on, comes back without having paid.
    private static let unpaid: Set = ["refunded", "deferred"]

    /// What became of it.
    struct Effect: Hashable, Sendable {
        let enrollment: Int
        let isActive: Bool
        let isEdxEnrolled: Bool
        let isNew: Bool
    }

    /// Enrolls the learner here, as Open edX has it; Open edX is not asked. Nil when the row is changing in this moment.
    static func apply(_ event: LearnerEvent, stamp: String, in session: inout Session) throws -> Effect? {
        let now = event.receivedAt
        let new = try EnrollmentRow.insert(
            user: event.user, run: event.run, mode: audit, isEdxEnrolled: true, stamp: stamp, at: now, in: &session)
        if let new { return Effect(new, isNew: true) }
        guard let row = try EnrollmentRow.locked(user: event.user, run: event.run, in: &session) else { return nil }
        var after = row
        after.isEdxEnrolled = true
        if !row.isActive {
            after.isActive = true
            after.changeStatus = nil
            if unpaid.contains(row.changeStatus ?? "") { after.mode = audit }
        }
        let actor = row.isActive ? nil : event.user
        guard try row.changed(to: after, actor: actor, stamp: stamp, at: now, in: &session) else { return nil }
        return Effect(after, isNew: false)
    }
}

extension EnrollmentEvent.Effect {
    fileprivate init(_ row: EnrollmentRow, isNew: Bool) {
        enrollment = row.id
        isActive = row.isActive
        isEdxEnrolled = row.isEdxEnrolled
        self.isNew = isNew
    }

    /// What the sender is told.
    var answer: WebhookAnswer {
        .json(isNew ? 201 : 200) { body in
            body.member("message", "Enrollment successful")
            body.member("enrollment_id", enrollment)
            body.member("active", isActive)
            body.member("edx_enrolled", isEdxEnrolled)
        }
    }
}
