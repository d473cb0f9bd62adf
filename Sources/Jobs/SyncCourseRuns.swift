import Command
import Flows
import Records
import Services
import Worker

/// Takes over titles, dates and pacing of course runs from Open edX (`spec/openedx.md` §7.1).
struct SyncCourseRuns: ConfiguredJob {
    static let name: JobName = "sync-course-runs"
    static let summary = "Takes over titles, dates and pacing of course runs from Open edX"
    static let schedule = Schedule("*-*-* 00:10:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(3300)
    static let counters: [Counter] = [.selected, .invalidKeys, .updated, .unchanged, .missing, .failed]
    static let settings: [any AnySetting] =
        OpenEdXSetting.all + [CourseSetting.serviceWorkerUsername] + FastlySetting.all
    static let neededSettings: [any AnySetting] = [OpenEdXSetting.serviceWorkerToken]

    /// Which runs are looked at.
    enum Selection: Sendable {
        /// Those that the timer looks at.
        case current
        /// The same and those of tests, as an operator's `--all` has it.
        case all
        /// Those that an operator named, whatever they are.
        case named([String])
    }

    private let resources: JobResources
    private let openEdX: OpenEdXSettings
    private let viewer: String?
    private let fastly: FastlySettings?
    private let selection: Selection

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, .current)
    }

    /// The job for what an operator chose.
    init(_ resources: JobResources, _ selection: Selection) throws(Failure) {
        self.resources = resources
        self.selection = selection
        openEdX = try OpenEdXSettings(resources.settings)
        viewer = try resources.settings[CourseSetting.serviceWorkerUsername]
        fastly = try FastlySettings(resources.settings)
    }

    func run(_ context: JobContext) async throws {
        let sync = CourseRunSync(
            in: context, client: resources.openEdX(openEdX, in: context), viewer: viewer, notesPurges: fastly != nil)
        let runs = try await selection.runs(in: context)
        context.count(.selected, by: runs.count)
        await context.log.progress("course runs", total: runs.count) { bar in await sync.sync(runs, bar) }
        try await resources.sendPurges(fastly, changes: context.value(of: .updated), in: context)
    }
}

extension SyncCourseRuns.Selection {
    /// The runs.
    ///
    /// - Throws: ``Failure`` `data` when one that was named is not there.
    func runs(in context: JobContext) async throws -> [CourseRunSelection.Entry] {
        let now = context.time.now()
        let runs = try await context.read { session in
            switch self {
            case .current: try CourseRunSelection.current(at: now, limit: context.limit, in: &session)
            case .all: try CourseRunSelection.current(at: now, fakeToo: true, in: &session)
            case .named(let keys): try CourseRunSelection.named(keys, in: &session)
            }
        }
        if case .named(let keys) = self {
            let found = Set(runs.map(\.key))
            for (position, key) in keys.enumerated() where !found.contains(key) {
                throw Failure(
                    .data,
                    "--run: there is no such course run, or it serves as a source (number \(position + 1) of the list)")
            }
        }
        return runs
    }
}
