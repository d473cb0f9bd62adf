import Bytes
import Records
import Services
import Store
import Worker

/// An enrollment that is written here while Open edX is still to be told.
///
/// The row itself, active and not enrolled there, is the open intent that the protocol of ``Step`` asks for: it is committed
/// before the call, and whoever comes by later, the job that retries above all, asks Open edX before it calls. The audit row
/// belongs to the intent (`spec/openedx.md` §6.2).
struct EnrollmentIntent: Sendable {
    let run: RunToEnroll
    /// As it is now.
    let row: EnrollmentRow
    /// As it was; nil when there was none.
    let before: EnrollmentRow?
    /// What the mail to the learner is sent for; nil when none is sent.
    let occasion: String?
    let membership: ContractMembership?

    /// Writes the intent, with all that holds whatever Open edX says: the membership in the contract of the run, and for who
    /// comes back that the course's e-mails are to be subscribed to.
    ///
    /// A run that exists here alone is enrolled in with this, and its mail posted.
    static func write(
        _ user: Int, into run: RunToEnroll, as mode: String, changeStatus: String? = nil, sendsMail: Bool = true,
        stamp: String, at now: Timestamp, in session: inout Session
    ) throws -> EnrollmentIntent {
        var before: EnrollmentRow?
        var row = try EnrollmentRow.insert(
            user: user, run: run.id, mode: mode, changeStatus: changeStatus, isEdxEnrolled: run.isFake, stamp: stamp,
            at: now, in: &session)
        if row == nil {
            before = try EnrollmentRow.locked(user: user, run: run.id, in: &session)
            row = try before?.pushed(to: mode, changeStatus, of: run, stamp: stamp, at: now, in: &session)
        }
        guard let row else { throw Postponed("the enrollment was changed by another at that moment") }
        if let before, !before.isActive, !run.isFake {
            try MailSubscription.request(for: row.id, at: now, in: &session)
        }
        let isDowngrade = before.map { $0.isActive && $0.mode == "verified" && mode == "audit" } ?? false
        let intent = EnrollmentIntent(
            run: run, row: row, before: before, occasion: sendsMail && !isDowngrade ? "\(row.id)@\(now)" : nil,
            membership: try run.contractID.map { try ContractMembership.add(user, to: $0, in: &session) })
        if run.isFake { try intent.postMail(at: now, in: &session) }
        return intent
    }

    /// Notes that Open edX has it; false when the row has been changed since, and the next pass of the job that retries looks
    /// at it again.
    func finish(at now: Timestamp, in session: inout Session) throws -> Bool {
        try Self.finish(row.id, mode: row.mode, occasion: occasion, at: now, in: &session)
    }

    /// The same for a row that was written in another process. Whoever enrolled the learner, the mail of this occasion is sent
    /// once.
    static func finish(
        _ enrollment: Int, mode: String, occasion: String?, at now: Timestamp, in session: inout Session
    ) throws -> Bool {
        guard let current = try EnrollmentRow.locked(enrollment, in: &session) else { return false }
        guard current.isActive, current.mode == mode else {
            try current.markOvertaken(by: mode, in: &session)
            return false
        }
        if !current.isEdxEnrolled {
            var after = current
            after.isEdxEnrolled = true
            _ = try current.finish(as: after, at: now, in: &session)
        }
        if let occasion {
            try Mail(.enrollment, occasion: occasion, user: current.userID, enrollment: enrollment)
                .post(at: now, in: &session)
        }
        return true
    }

    private func postMail(at now: Timestamp, in session: inout Session) throws {
        guard let occasion else { return }
        try Mail(.enrollment, occasion: occasion, user: row.userID, enrollment: row.id).post(at: now, in: &session)
    }

    /// Takes back what Open edX did not take: a new row goes with its audit rows, another gets its former values back. A row
    /// that somebody has changed since stays.
    ///
    /// - Parameter isCertain: whether Open edX surely has nothing of the call. Otherwise the former state is marked as one that
    ///   Open edX is still to be told, so that the job that retries asks there.
    func undo(isCertain: Bool, stamp: String, at now: Timestamp, in session: inout Session) throws {
        guard let current = try EnrollmentRow.locked(row.id, in: &session), current.isAs(row) else { return }
        if let before {
            let former = isCertain ? before : before.inDoubt
            _ = try current.changed(to: former, stamp: stamp, at: now, in: &session)
        } else {
            _ = try current.delete(in: &session)
        }
        try membership?.remove(in: &session)
    }
}

extension EnrollmentRow {
    /// The row that exists, as an explicit push leaves it before Open edX is told.
    ///
    /// The learner is the one who acts when they come back or change the mode. Failures of before count no more then.
    fileprivate func pushed(
        to mode: String, _ changeStatus: String?, of run: RunToEnroll, stamp: String, at now: Timestamp,
        in session: inout Session
    ) throws -> EnrollmentRow? {
        let isMoved = !isActive || self.mode != mode
        var after = self
        after.isActive = true
        after.mode = mode
        after.changeStatus = isActive ? changeStatus : nil
        after.isEdxEnrolled = run.isFake
        if isMoved { after.retryCount = 0 }
        let isWritten = try changed(
            to: after, actor: isMoved ? userID : nil, stamp: stamp, at: now, in: &session)
        return isWritten ? after : nil
    }
}
