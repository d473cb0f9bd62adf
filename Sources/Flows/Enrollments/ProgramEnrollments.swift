import Bytes
import Records
import Store
import Worker

/// Enrollments in programs, which Open edX does not know (`spec/openedx.md` §6.3).
public enum ProgramEnrollments {
    /// Enrolls a learner in a program, or changes their enrollment there, with an audit row.
    ///
    /// An active verified enrollment is not lowered by a request for audit, which only
    /// ``downgrade(_:in:stamp:at:in:)`` does. Whoever comes back does so in the mode that is asked for.
    ///
    /// - Parameter actor: the learner who did it themselves; nil for programs of ours.
    /// - Returns: the row as it is now.
    /// - Throws: `StoreError`; `Postponed` when the row went away at that moment.
    @discardableResult public static func enroll(
        _ user: Int, in program: Int, as mode: String, actor: Int? = nil, stamp: String,
        at now: Timestamp, in session: inout Session
    ) throws -> ProgramEnrollmentRow {
        let new = try ProgramEnrollmentRow.insert(
            user: user, program: program, mode: mode, actor: actor, stamp: stamp, at: now, in: &session)
        if let new { return new }
        guard let row = try ProgramEnrollmentRow.locked(user: user, program: program, in: &session) else {
            throw Postponed("the program enrollment was changed by another at that moment")
        }
        var after = row
        let isKept = row.isActive && row.mode == "verified" && mode == "audit"
        if !isKept { after.mode = mode }
        after.isActive = true
        after.changeStatus = nil
        guard try row.changed(to: after, actor: actor, stamp: stamp, at: now, in: &session) else {
            throw Postponed("the program enrollment was changed by another at that moment")
        }
        return after
    }

    /// Takes the enrollment of a learner whose money was given back to audit, if there is one; whether it is active stays
    /// (`spec/sheets.md` §7.4).
    ///
    /// - Throws: `StoreError`.
    public static func downgrade(
        _ user: Int, in program: Int, stamp: String, at now: Timestamp, in session: inout Session
    ) throws {
        guard let row = try ProgramEnrollmentRow.locked(user: user, program: program, in: &session) else { return }
        var after = row
        after.mode = "audit"
        _ = try row.changed(to: after, stamp: stamp, at: now, in: &session)
    }
}
