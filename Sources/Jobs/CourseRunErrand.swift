import Command
import Flows
import Records
import Services
import Worker

/// What an operator has done with course runs by hand (`spec/openedx.md` §7.3, §7.4). It takes the place of the job that keeps
/// them up to date, since both write the same rows.
struct CourseRunErrand: ConfiguredJob {
    static let name = SyncCourseRuns.name
    static let summary = SyncCourseRuns.summary
    static let schedule = SyncCourseRuns.schedule
    static let timeLimit = SyncCourseRuns.timeLimit
    static let counters: [Counter] = [.selected, .added, .updated, .unchanged, .failed]
    static let settings = SyncCourseRuns.settings
    static let neededSettings = SyncCourseRuns.neededSettings

    /// What is to be done.
    enum Errand: Sendable {
        /// Give the runs the modes and the upgrade deadlines that Open edX has for them.
        case deadlines(SyncCourseRuns.Selection)
        /// See to it that the runs have the modes that every run has.
        case modes(SyncCourseRuns.Selection)
        /// Add runs of those keys.
        case addition([String], CourseImport.Wishes)
    }

    private let resources: JobResources
    private let errand: Errand
    private let openEdX: OpenEdXSettings
    private let viewer: String?
    private let fastly: FastlySettings?

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, .deadlines(.current))
    }

    init(_ resources: JobResources, _ errand: Errand) throws(Failure) {
        self.resources = resources
        self.errand = errand
        openEdX = try OpenEdXSettings(resources.settings)
        viewer = try resources.settings[CourseSetting.serviceWorkerUsername]
        fastly = try FastlySettings(resources.settings)
    }

    func run(_ context: JobContext) async throws {
        let client = resources.openEdX(openEdX, in: context)
        let modes = CourseModes(in: context, client: client, notesPurges: fastly != nil)
        switch errand {
        case .deadlines(let selection):
            try await work(on: selection, context) { runs, bar in await modes.syncDeadlines(of: runs, bar) }
        case .modes(let selection):
            try await work(on: selection, context) { runs, bar in await modes.complete(runs, bar) }
        case .addition(let keys, let wishes):
            context.count(.selected, by: keys.count)
            let imports = CourseImport(in: context, client: client, viewer: viewer, notesPurges: fastly != nil)
            await context.log.progress("course runs", total: keys.count) { bar in
                await imports.add(keys, wishes, bar)
            }
        }
        let changes = context.value(of: .added) + context.value(of: .updated)
        try await resources.sendPurges(fastly, changes: changes, in: context)
    }

    private func work(
        on selection: SyncCourseRuns.Selection, _ context: JobContext,
        _ body: ([CourseRunSelection.Entry], ProgressBar) async -> Void
    ) async throws {
        let runs = try await selection.runs(in: context)
        context.count(.selected, by: runs.count)
        await context.log.progress("course runs", total: runs.count) { bar in await body(runs, bar) }
    }
}
