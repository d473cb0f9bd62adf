/// What the LMS is told of a learner after the registration: the columns of MITx Online as they are (`spec/openedx.md` §3.7).
///
/// A column that is null, or whose row is missing, is nil.
public struct LearnerProfile: Hashable, Sendable {
    /// `users_user.name`.
    public var name: String
    /// `users_legaladdress.country`: `US`.
    public var country: String?
    /// `users_legaladdress.state`: `US-MA`.
    public var state: String?
    /// `users_userprofile.gender`.
    public var gender: String?
    /// `users_userprofile.year_of_birth`.
    public var yearOfBirth: Int?
    /// `users_userprofile.highest_education`.
    public var highestEducation: String?

    /// A profile with a name alone.
    public init(name: String) {
        self.name = name
    }
}

extension LearnerProfile: CustomStringConvertible, CustomReflectable {
    /// Without anything that tells who the learner is.
    public var description: String { "a profile" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
