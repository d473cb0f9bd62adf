import Records
import Store
import Worker

extension EnrollmentRetry {
    /// Sees to the calls whose outcome a killed run did not write down, where the row has changed since and would not be looked
    /// at again. Returns the enrollments that are to be held against Open edX once more.
    public func settleStrays() async throws -> [Int] {
        var again: [Int] = []
        for key in try await context.openIntents() {
            if let id = PendingKey.enrollmentID(key) {
                if try await !settleEnrollment(key, id) { again.append(id) }
            } else if let id = PendingKey.unenrollmentID(key) {
                if try await !settleUnenrollment(key, id) { again.append(id) }
            }
        }
        return again
    }

    /// False when the learner is enrolled by now, perhaps in another mode than the one that was sent.
    private func settleEnrollment(_ key: String, _ id: Int) async throws -> Bool {
        try await context.settle(key) { session in
            guard let row = try EnrollmentRow.locked(id, in: &session) else { return true }
            guard !row.isActive else { return false }
            // The learner left; Open edX may have got our call after that of the leaving.
            try row.markOvertaken(by: row.mode, in: &session)
            return true
        }
    }

    /// False when the learner is still away, and Open edX may not know.
    private func settleUnenrollment(_ key: String, _ id: Int) async throws -> Bool {
        try await context.settle(key) { session in
            guard let row = try EnrollmentRow.locked(id, in: &session) else { return true }
            guard !row.isLeaving else { return false }
            if row.isActive { try row.markOvertakenByLeaving(in: &session) }
            return true
        }
    }
}
