import Store

extension Session {
    /// Whether there is a course run with that key.
    ///
    /// - Throws: ``StoreError``.
    public mutating func hasCourseRun(_ key: String) throws -> Bool {
        try first("SELECT id FROM courses_courserun WHERE courseware_id = \(key)") { _ in true } ?? false
    }
}
