import Bytes
import Command
import Store
import Worker

/// The jobs, in the order in which they are listed.
enum JobTable {
    static let all: [JobEntry] = [
        JobEntry(RetryEnrollments.self),
        JobEntry(RepairUsers.self),
        JobEntry(SyncCourseRuns.self),
        JobEntry(GenerateCertificates.self),
        JobEntry(GenerateProgramCertificates.self),
        JobEntry(UpgradeProgramEnrollments.self),
        JobEntry(CheckRequirementTrees.self),
        JobEntry(IssueCredentials.self),
        JobEntry(ClearTokens.self),
        JobEntry(ProcessInbox.self),
        JobEntry(SendOutbox.self),
    ]

    /// The argument that names one of them.
    static let argument = Argument("JOB", .job, "the job, one of: \(all.map(\.name.text).joined(separator: ", "))")
    /// The same, for commands that otherwise mean all jobs.
    static let optionalArgument = Argument("JOB", optional: .job, "the job; all jobs when it is left out")
}

extension ValueType<JobEntry> {
    /// The name of a job.
    static var job: ValueType {
        ValueType(placeholder: "JOB") { text throws(InvalidValue) in
            guard let entry = JobTable.all.first(where: { $0.name.text == text }) else {
                let near = NearMiss.nearest(to: text, among: JobTable.all.map(\.name.text))
                throw InvalidValue(
                    "is no job; " + (near.map { "did you mean \($0)?" } ?? "'mitxonline-jobs list' shows them"))
            }
            return entry
        }
    }
}

/// A job as the commands see it, whatever its type.
struct JobEntry: Sendable {
    let name: JobName
    let summary: String
    let timeLimit: Duration
    let counters: [Counter]
    /// What its runs read.
    let settings: [any AnySetting]
    /// What moves its timer.
    let timing: Timing
    /// When its timer fires without settings.
    let preset: Schedule
    private let needed: Set<String>
    let run: @Sendable (Workshop, _ limit: Int?, _ isDryRun: Bool) async throws -> Outcome
    let status: @Sendable (Schedule, Timestamp, inout Session) throws -> JobStatus
    let deadLetters: @Sendable (inout Session) throws -> [DeadLetter]
    let requeue: @Sendable ([String]?, Timestamp, inout Session) throws -> Int

    init<J: ConfiguredJob>(_: J.Type) {
        name = J.name
        summary = J.summary
        preset = J.schedule
        timing = J.timing
        timeLimit = J.timeLimit
        counters = J.counters
        settings = J.settings
        needed = Set(J.neededSettings.map(\.declaration.key))
        run = { workshop, limit, isDryRun in
            let job = try J(try workshop.resources(for: J.self, isByTimer: true))
            return try await workshop.engine.run(job, limit: limit, isDryRun: isDryRun)
        }
        status = { schedule, now, session in
            try JobStatus(of: J.self, schedule: schedule, at: now, in: &session)
        }
        deadLetters = { session in try J.deadLetters(in: &session) }
        requeue = { keys, now, session in try J.requeue(keys, at: now, in: &session) }
    }

    /// When its timer fires with the settings that `environment` holds.
    ///
    /// - Throws: ``Failure`` `configuration` for a setting that is no time for a timer.
    func schedule(_ environment: [String: String]) throws(Failure) -> Schedule {
        try timing.schedule(try Settings(of: timing.settings, environment: environment), preset: preset)
    }

    /// What to know of the settings that `environment` holds for its timer; nil when there is nothing.
    ///
    /// - Throws: as ``schedule(_:)``.
    func note(_ environment: [String: String]) throws(Failure) -> String? {
        try timing.note(try Settings(of: timing.settings, environment: environment))
    }

    /// Whether the job cannot run without a value of the setting.
    func needs(_ setting: any AnySetting) -> Bool {
        setting.declaration.isRequired || needed.contains(setting.declaration.key)
    }
}
