import Records
import Services
import Store

/// What was found among the enrollments that Open edX has in a run.
public struct ImportedEnrollments: Hashable, Sendable {
    /// How many Open edX has.
    public var found = 0
    /// How many rows were made.
    public var created = 0
    /// How many of the learners there are not known here.
    public var strangers = 0

    /// None yet.
    public init() {}
}

extension EnrollmentChanges {
    /// Makes the rows that are missing here of the enrollments that Open edX has in a run, a page at a time
    /// (`spec/openedx.md` §17). Rows that exist stay as they are.
    ///
    /// - Parameter isCommitted: without it, only counts what would be made.
    /// - Throws: `ServiceError`; `StoreError`. Pages before the one that failed are done.
    public func importEnrollments(of run: RunToEnroll, isCommitted: Bool) async throws -> ImportedEnrollments {
        var imported = ImportedEnrollments()
        var cursor: String?
        repeat {
            let page = try await client.allEnrollments(in: run.key, after: cursor)
            let now = time.now()
            let enrollments = page.enrollments.map {
                EnrollmentImport.Enrollment(username: $0.username, mode: $0.mode, isActive: $0.isActive)
            }
            let found: EnrollmentImport.Outcome
            if isCommitted {
                found = try await database.write { session in
                    try EnrollmentImport.add(enrollments, to: run.id, stamp: stamp, at: now, in: &session)
                }
            } else {
                found = try await database.read { session in
                    try EnrollmentImport.missing(enrollments, in: run.id, in: &session).outcome
                }
            }
            imported.found += page.enrollments.count
            imported.created += found.created
            imported.strangers += found.strangers
            cursor = page.next
        } while cursor != nil && !Task.isCancelled
        return imported
    }
}
