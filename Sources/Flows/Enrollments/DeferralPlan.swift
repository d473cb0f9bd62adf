import Bytes
import Records
import Store
import Worker

/// What a deferral is about, as it was read, and what it writes.
struct DeferralPlan: Sendable {
    let user: Int
    let fromRun: RunToEnroll
    let from: EnrollmentRow
    /// The run to go to, and the learner's enrollment there; nil when the first run is only given up.
    let to: (run: RunToEnroll, row: EnrollmentRow?)?

    /// What came of the calls.
    struct Outcome: Sendable {
        var occasion: String?
        /// Whether Open edX has the learner verified in the run to go to.
        var isToEnrolled = false
        /// Whether Open edX has the other enrollment in audit; nil when it was not asked to.
        var isFromEnrolled: Bool?
    }

    init(_ user: Int, from: String, to: String?, in session: inout Session) throws {
        guard let fromRun = try RunToEnroll.row(from, in: &session),
            let row = try EnrollmentRow.row(user: user, run: fromRun.id, in: &session)
        else { throw DeferralProblem(.notEnrolled) }
        self.user = user
        self.fromRun = fromRun
        self.from = row
        guard let to else {
            self.to = nil
            return
        }
        guard let run = try RunToEnroll.row(to, in: &session), !run.isSource else { throw DeferralProblem(.noRun) }
        self.to = (run, try EnrollmentRow.row(user: user, run: run.id, in: &session))
    }

    /// The rules that force overrides.
    func check(at now: Timestamp) throws(DeferralProblem) {
        guard let to else { return }
        guard from.isActive else { throw DeferralProblem(.inactive) }
        guard to.run.isEnrollable(at: now) else { throw DeferralProblem(.notEnrollable) }
        guard to.run.courseID == fromRun.courseID else { throw DeferralProblem(.otherCourse) }
    }

    /// Whether the enrollments are as they should be: what was paid may still have to move.
    var isDone: Bool {
        guard from.changeStatus == "deferred", let row = to?.row else { return false }
        return row.isActive && row.mode == "verified"
    }

    /// Whether the learner has an audit enrollment in the run to go to, which has to end there: a new enrollment can be verified
    /// after the deadline for upgrades, an old one cannot become so.
    var endsAudit: Bool { to?.row.map { $0.isActive && $0.mode == "audit" } ?? false }

    func record(
        _ outcome: Outcome, stamp: String, at now: Timestamp, in session: inout Session
    ) throws -> Deferral {
        let from = try current(self.from, in: &session)
        guard let to else {
            try recordFrom(from, outcome, stamp: stamp, at: now, in: &session)
            return Deferral(from: from.id, to: nil)
        }
        let target: Int
        if isDone, let row = to.row {
            target = try current(row, in: &session).id
        } else {
            target = try recordTo(to, outcome, stamp: stamp, at: now, in: &session)
            try recordFrom(from, outcome, stamp: stamp, at: now, in: &session)
        }
        try PaidRuns.move(of: user, from: fromRun.id, to: to.run.id, at: now, in: &session)
        return Deferral(from: from.id, to: target)
    }

    /// Marks what the calls of a deferral that came to an end halfway may have changed at Open edX.
    func doubt(stamp: String, at now: Timestamp, in session: inout Session) throws {
        for read in [from, to?.row].compactMap(\.self) where read.isActive {
            guard let row = try EnrollmentRow.locked(read.id, in: &session), row.isAs(read) else { continue }
            _ = try row.changed(to: row.inDoubt, stamp: stamp, at: now, in: &session)
        }
    }

    /// The row as it is, locked, if nobody else has changed it since.
    private func current(_ read: EnrollmentRow, in session: inout Session) throws -> EnrollmentRow {
        guard let row = try EnrollmentRow.locked(read.id, in: &session), row.isAs(read) else {
            throw DeferralProblem(.changed)
        }
        return row
    }

    private func recordFrom(
        _ row: EnrollmentRow, _ outcome: Outcome, stamp: String, at now: Timestamp, in session: inout Session
    ) throws {
        var after = row
        after.mode = "audit"
        after.changeStatus = "deferred"
        if let isEnrolled = outcome.isFromEnrolled { after.isEdxEnrolled = isEnrolled }
        try write(row, after, stamp: stamp, at: now, in: &session)
    }

    private func recordTo(
        _ to: (run: RunToEnroll, row: EnrollmentRow?), _ outcome: Outcome, stamp: String, at now: Timestamp,
        in session: inout Session
    ) throws -> Int {
        let id: Int
        if let read = to.row {
            let row = try current(read, in: &session)
            var after = row
            after.isActive = true
            after.mode = "verified"
            after.changeStatus = nil
            after.isEdxEnrolled = outcome.isToEnrolled
            try write(row, after, stamp: stamp, at: now, in: &session)
            if !row.isActive, !to.run.isFake {
                try MailSubscription.request(for: row.id, at: now, in: &session)
            }
            if endsAudit, let line = try PaidRuns.line(of: user, run: to.run.id, in: &session) {
                try Dirty.mark(.line, [line], at: now, in: &session)
            }
            id = row.id
        } else {
            let row = try EnrollmentRow.insert(
                user: user, run: to.run.id, mode: "verified", isEdxEnrolled: outcome.isToEnrolled, stamp: stamp,
                at: now,
                in: &session)
            guard let row else { throw DeferralProblem(.changed) }
            id = row.id
        }
        if let contract = to.run.contractID { _ = try ContractMembership.add(user, to: contract, in: &session) }
        if outcome.isToEnrolled {
            try Mail(.enrollment, occasion: outcome.occasion ?? "\(id)@\(now)", user: user, enrollment: id)
                .post(at: now, in: &session)
        }
        return id
    }

    /// The learner is the one who acts when the mode changes or they come back, and failures of before count no more then.
    private func write(
        _ row: EnrollmentRow, _ after: EnrollmentRow, stamp: String, at now: Timestamp, in session: inout Session
    ) throws {
        let isMoved = row.mode != after.mode || row.isActive != after.isActive
        var after = after
        if isMoved { after.retryCount = 0 }
        guard try row.changed(to: after, actor: isMoved ? user : nil, stamp: stamp, at: now, in: &session) else {
            throw DeferralProblem(.changed)
        }
    }
}
