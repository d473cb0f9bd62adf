import Bytes
import Command
import Store

/// A batch job: what it is called, when it runs, and what it does.
///
/// The engine sees to everything else: that it runs once at a time, that its writes stop when it lost its lease, that it ends
/// in time, and that its run is recorded.
public protocol Job: Sendable {
    /// Its name.
    static var name: JobName { get }
    /// What it does, in one sentence without a full stop.
    static var summary: String { get }
    /// When it runs, unless settings move its timer.
    static var schedule: Schedule { get }
    /// How settings move its timer.
    static var timing: Timing { get }
    /// How long one run may take. After it nothing new is begun, and the run ends with ``ExitStatus/temporary``.
    static var timeLimit: Duration { get }
    /// What its runs count, in the order of the log's last line.
    static var counters: [Counter] { get }
    /// The settings it reads beside the database. They are variables and credentials, not options.
    static var settings: [any AnySetting] { get }
    /// Those of them that other jobs can do without, and this one cannot.
    static var neededSettings: [any AnySetting] { get }
    /// The setting by which its timer's runs end well without doing anything, whatever else is set; nil when there is none.
    static var silencer: Setting<Bool>? { get }

    /// After so many failures in a row that are not the items' own, the service counts as down and the run stops.
    static var patience: Int { get }

    /// Does the work. What it counts goes through ``JobContext/count(_:by:)``.
    ///
    /// - Throws: ``Failure`` when the run cannot go on; what concerns one item alone is not thrown from here.
    func run(_ context: JobContext) async throws

    /// What waits to be done, for `status`; nil when the job has no such thing.
    static func backlog(at now: Timestamp, in session: inout Session) throws -> Backlog?

    /// What was given up, for `dead-letters`, the oldest first.
    static func deadLetters(in session: inout Session) throws -> [DeadLetter]

    /// Lets the items of those keys be tried again, all of them when `keys` is nil, and returns how many there were.
    static func requeue(_ keys: [String]?, at now: Timestamp, in session: inout Session) throws -> Int
}

extension Job {
    /// Not at all.
    public static var timing: Timing { .fixed }

    /// Five.
    public static var patience: Int { 5 }

    /// None beside those that are required everywhere.
    public static var neededSettings: [any AnySetting] { [] }

    /// Nothing silences it.
    public static var silencer: Setting<Bool>? { nil }

    /// Nothing is known of what waits.
    public static func backlog(at now: Timestamp, in session: inout Session) throws -> Backlog? { nil }

    /// The parked ones of the engine's own ``Items``.
    public static func deadLetters(in session: inout Session) throws -> [DeadLetter] {
        try Items(of: name).parked(in: &session)
    }

    /// Forgets the failures in the engine's own ``Items``.
    public static func requeue(_ keys: [String]?, at now: Timestamp, in session: inout Session) throws -> Int {
        try Items(of: name).requeue(keys, in: &session)
    }
}

/// Something that runs count.
public struct Counter: Hashable, Sendable {
    /// Its name in the log and in the metrics, in `snake_case`.
    public let name: StaticString

    /// A counter.
    public init(_ name: StaticString) {
        self.name = name
    }

    /// The same name.
    public static func == (left: Counter, right: Counter) -> Bool {
        "\(left.name)" == "\(right.name)"
    }

    /// The name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine("\(name)")
    }
}

/// What waits to be done by a job.
public struct Backlog: Hashable, Sendable {
    /// How many items.
    public let count: Int
    /// Since when the oldest of them waits.
    public let oldest: Timestamp?

    /// A backlog.
    public init(count: Int, oldest: Timestamp?) {
        self.count = count
        self.oldest = oldest
    }
}

/// An item that was given up after it had failed for good five times.
public struct DeadLetter: Hashable, Sendable {
    /// The key, by which it is requeued: `enrollment:812`.
    public let key: String
    /// When it was given up; nil when that is not known.
    public let parkedAt: Timestamp?
    /// How often it failed for good.
    public let failures: Int
    /// What was the matter the last time, without learners' data.
    public let problem: String

    /// A dead letter.
    public init(key: String, parkedAt: Timestamp?, failures: Int, problem: String) {
        self.key = key
        self.parkedAt = parkedAt
        self.failures = failures
        self.problem = problem
    }
}
