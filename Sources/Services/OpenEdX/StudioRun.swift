import Bytes

/// A course run as Studio tells of it (`spec/openedx.md` §3.18).
public struct StudioRun: Hashable, Sendable {
    /// The key of the run.
    public let key: String
    /// Its title; nil when Studio does not tell it.
    public let title: String?

    /// A run as Studio answers it; nil when it has no key.
    init?(_ value: JSONValue) {
        guard let key = value["id"]?.string, !key.isEmpty else { return nil }
        self.key = key
        title = value["title"]?.string
    }
}

/// What is to be changed of a run at Studio; nil stays as it is.
public struct StudioChange: Hashable, Sendable {
    /// The title.
    public var title: String?
    /// Whether learners go at their own pace.
    public var isSelfPaced: Bool?
    /// The dates.
    public var schedule: StudioSchedule?

    /// A change; of what is nil nothing is said.
    public init(title: String? = nil, isSelfPaced: Bool? = nil, schedule: StudioSchedule? = nil) {
        self.title = title
        self.isSelfPaced = isSelfPaced
        self.schedule = schedule
    }
}

/// The dates of a run at Studio, which takes a start only together with an end.
public struct StudioSchedule: Hashable, Sendable {
    /// When the run begins and ends.
    public var start, end: Timestamp
    /// When learners may enroll; nil stays as it is.
    public var enrollmentStart, enrollmentEnd: Timestamp?

    /// The dates of a run; nil unless it has both a start and an end.
    public init?(start: Timestamp?, end: Timestamp?) {
        guard let start, let end else { return nil }
        self.start = start
        self.end = end
    }
}

/// A run of a new course at Studio.
public struct StudioCreation: Hashable, Sendable {
    /// The parts of its key.
    public var organization, number, run: String
    /// Title, pacing and schedule.
    public var change: StudioChange

    /// A run with the key that is made of the three parts.
    public init(organization: String, number: String, run: String, _ change: StudioChange) {
        self.organization = organization
        self.number = number
        self.run = run
        self.change = change
    }
}
