/// The keys of intents, failures and dead letters of enrollments.
public enum PendingKey {
    private static let enrollment = "enrollment:"
    private static let unenrollment = "unenrollment:"

    /// That a learner is to be enrolled: `enrollment:812`.
    public static func enrollment(_ id: Int) -> String { "\(enrollment)\(id)" }

    /// That a learner left: `unenrollment:812`.
    public static func unenrollment(_ id: Int) -> String { "\(unenrollment)\(id)" }

    /// The id in a key of the first kind.
    public static func enrollmentID(_ key: String) -> Int? { id(key, enrollment) }

    /// The id in a key of the second kind.
    public static func unenrollmentID(_ key: String) -> Int? { id(key, unenrollment) }

    private static func id(_ key: String, _ prefix: String) -> Int? {
        key.hasPrefix(prefix) ? Int(key.dropFirst(prefix.count)) : nil
    }
}
