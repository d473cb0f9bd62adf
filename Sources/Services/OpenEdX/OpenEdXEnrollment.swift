import Bytes

/// An enrollment as the LMS has it.
public struct OpenEdXEnrollment: Hashable, Sendable {
    /// The learner's Open edX username.
    public let username: String
    /// The key of the run.
    public let run: String
    /// `audit`, `verified` or another mode.
    public let mode: String
    /// Whether the learner is in the course now.
    public let isActive: Bool
    /// When it was made; nil when the answer does not say.
    public let created: Timestamp?

    /// An enrollment.
    public init(username: String, run: String, mode: String, isActive: Bool, created: Timestamp? = nil) {
        self.username = username
        self.run = run
        self.mode = mode
        self.isActive = isActive
        self.created = created
    }

    /// The enrollment of an element of the list (§3.10) or of an answer to a POST (§3.12), nil for anything else.
    init?(_ json: JSONValue) {
        guard case .bool(let isActive)? = json["is_active"], let mode = json["mode"]?.string,
            let username = json["user"]?.string,
            let run = json["course_id"]?.string ?? json["course_details"]?["course_id"]?.string
        else { return nil }
        self.init(
            username: username, run: run, mode: mode, isActive: isActive,
            created: (json["created"]?.string).flatMap { Timestamp($0) })
    }
}

extension OpenEdXEnrollment: CustomStringConvertible, CustomReflectable {
    /// Without anything that tells who the learner is.
    public var description: String { "an enrollment" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
