/// A way to take a run or program, such as `audit` or `verified`.
public struct EnrollmentMode: Hashable, Sendable {
    /// Primary key of `courses_enrollmentmode`.
    public let id: Int
    /// The word that programs compare with: `audit`, `verified`.
    public let slug: String
    /// The name that people see.
    public let displayName: String
    /// Whether taking this mode costs money.
    public let requiresPayment: Bool

    /// The row with these values.
    public init(id: Int, slug: String, displayName: String, requiresPayment: Bool) {
        self.id = id
        self.slug = slug
        self.displayName = displayName
        self.requiresPayment = requiresPayment
    }
}
