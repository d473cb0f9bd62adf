import Bytes

extension Course {
    /// The runs that learners are offered: open ones that everybody may see, by the beginning of enrollment, then by id
    /// (`spec/catalog.md` §10.4).
    public func offeredRuns(at now: Timestamp) -> [CourseRun] {
        runs.filter { $0.isPublic && $0.isOpen(at: now) }
            .sorted { ($0.enrollmentStart ?? now, $0.id) < ($1.enrollmentStart ?? now, $1.id) }
    }
}
