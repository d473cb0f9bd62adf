import Worker

extension Counter {
    /// Grades that were not known before.
    public static let gradesCreated = Counter("grades_created")
    /// Grades that Open edX changed.
    public static let gradesUpdated = Counter("grades_updated")
    /// Entries that are no grade, or one that the tables do not take.
    public static let gradesInvalid = Counter("grades_invalid")
    /// Grades of learners whom MITx Online does not know.
    public static let unknownUsers = Counter("unknown_users")
    /// Certificates that were issued.
    public static let certificatesCreated = Counter("certificates_created")
    /// Certificates that were deleted, since the grade is zero.
    public static let certificatesDeleted = Counter("certificates_deleted")
    /// Certificates that were earned again, and stay revoked.
    public static let certificatesRevoked = Counter("certificates_revoked")
    /// Learners whose grade or certificate could not be written.
    public static let certificatesFailed = Counter("certificates_failed")
}
