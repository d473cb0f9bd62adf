/// What a robot may read (`robots_rule`).
public struct RobotsRule: Sendable {
    /// Primary key.
    public let id: Int
    /// The robot's name, `*` for every other.
    public let robot: String
    /// Patterns of what it may read, in the order of their rows.
    public let allowed: [String]
    /// Patterns of what it may not read, in the order of their rows.
    public let disallowed: [String]
    /// The seconds between two requests, as text.
    public let crawlDelay: String?

    /// The row with these values.
    public init(id: Int, robot: String, allowed: [String], disallowed: [String], crawlDelay: String?) {
        self.id = id
        self.robot = robot
        self.allowed = allowed
        self.disallowed = disallowed
        self.crawlDelay = crawlDelay
    }
}
