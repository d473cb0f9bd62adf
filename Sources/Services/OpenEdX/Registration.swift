import Command

/// What a learner is registered at the LMS with: the columns of MITx Online as they are (`spec/openedx.md` §3.4).
///
/// A column that is null, or whose row is missing, is nil.
public struct Registration: Sendable {
    /// The candidate for the username.
    public var username: String
    /// `users_user.email`.
    public var email: String
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
    /// MITx Online's access token for this attempt, with which the LMS asks for the learner's data.
    public var accessToken: Secret

    /// A registration without an address and a profile.
    public init(username: String, email: String, name: String, accessToken: Secret) {
        self.username = username
        self.email = email
        self.name = name
        self.accessToken = accessToken
    }

    /// The fields of the form in their order; what has no value is left out, what is empty is sent empty.
    func form(provider: String) -> [(name: String, value: String)] {
        let fields: [(name: String, value: String?)] = [
            ("username", username), ("email", email), ("name", name), ("country", country),
            ("state", OpenEdXProfile.state(state, country: country)), ("gender", OpenEdXProfile.gender(gender)),
            ("year_of_birth", yearOfBirth.map(String.init)),
            ("level_of_education", OpenEdXProfile.education(highestEducation)), ("provider", provider),
            ("access_token", accessToken.revealed), ("honor_code", "True"),
        ]
        return fields.compactMap { field in field.value.map { (name: field.name, value: $0) } }
    }
}

/// The words of a profile as the LMS knows them (`spec/openedx.md` §3.4 and §3.7).
enum OpenEdXProfile {
    /// The state of an address in the United States: `US-MA` is `MA`; nil for any other address and for what the LMS
    /// does not know.
    static func state(_ state: String?, country: String?) -> String? {
        guard country == "US", let state, let dash = state.firstIndex(of: "-") else { return nil }
        let code = String(state[state.index(after: dash)...])
        return states.contains(code) ? code : nil
    }

    /// The gender: `m`, `f` or `o`; nil and the empty text, which says that nothing was chosen, stay.
    static func gender(_ gender: String?) -> String? {
        switch gender {
        case nil, "", "m", "f", "o": gender
        default: "o"
        }
    }

    /// The level of education, empty when none is set or it is not a known one.
    static func education(_ education: String?) -> String {
        education.flatMap { levels[$0] } ?? ""
    }

    private static let states = Set(
        """
        AL AK AZ AR AA AE AP CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH \
        NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY
        """.split(separator: " ").map(String.init))
    private static let levels = [
        "Doctorate": "p", "Master's or professional degree": "m", "Bachelor's degree": "b", "Associate degree": "a",
        "Secondary/high school": "hs", "Junior secondary/junior high/middle school": "jhs",
        "Elementary/primary school": "el", "No formal education": "none", "Other education": "other",
    ]
}

extension Registration: CustomStringConvertible, CustomReflectable {
    /// Without anything that tells who the learner is.
    public var description: String { "a registration" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
