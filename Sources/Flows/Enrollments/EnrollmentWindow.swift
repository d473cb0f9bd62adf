import Bytes
import Records
import Store
import Worker

/// Whether a learner may enroll themselves in a run by the API, the same in all its versions (`spec/openedx.md` §6.3).
public enum EnrollmentWindow {
    /// What the API answers to a learner who may not; nil to one who may.
    ///
    /// - Throws: `StoreError`.
    public static func refusal(
        of user: Int, run: Int, at now: Timestamp, in session: inout Session
    ) throws -> EnrollmentAnswer? {
        guard let found = try RunToEnroll.rows([run], in: &session).first, !found.isSource, found.contractID == nil
        else {
            return .wrongRun("Invalid course run id: \(run)")
        }
        if found.isEnrollable(at: now) { return nil }
        let row = try EnrollmentRow.row(user: user, run: run, in: &session)
        return row?.isActive == true ? nil : .wrongRun("Course run is not open for enrollment: \(run)")
    }
}

extension EnrollmentAnswer {
    /// What the API answers to a push of one run: nil when there is an enrollment, which it then describes; else 502.
    public static func failure(of pushed: [PushedEnrollment]) -> EnrollmentAnswer? {
        pushed.contains { $0.enrollment != nil } ? nil : .unavailable
    }
}
