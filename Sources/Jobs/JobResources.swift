import Command
import Flows
import Glibc
import HTTP
import Store
import Worker

/// What a job may be made of: its settings, and the ways to the outside.
struct JobResources: Sendable {
    let settings: Settings
    let database: Database
    let transport: any Transport
    let limiter: any RateLimiter
    let locks: any Locks
    let log: Log
    let time: TimeSource
    let sleep: Sleep
    /// Random numbers, fit for secrets.
    let numbers: RandomNumbers
    /// How many items are worked on at once.
    let atOnce: Int
}

/// A job that can be made of the program's resources.
protocol ConfiguredJob: Job {
    /// The job as the settings want it.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is missing or wrong.
    init(_ resources: JobResources) throws(Failure)
}

/// What every command of the program does first: the database, the engine, the way out.
struct Workshop {
    let invocation: Invocation
    let database: Database
    let engine: JobEngine
    private let owner: String
    private let isDryRun: Bool

    init(_ invocation: Invocation, isDryRun: Bool) throws {
        self.invocation = invocation
        self.isDryRun = isDryRun
        database = try Database(invocation)
        owner = Workshop.owner
        let faults = invocation.faults
        engine = JobEngine(
            database: database, owner: owner, leaseLife: try invocation[JobsSettings.lease], log: invocation.log,
            time: invocation.time, checkpoint: { faults.pass($0) },
            announce: { line in
                // A reader that went away is no reason to end a run that changes nothing.
                try? invocation.print(line) { object in object.member("would", line) }
            })
    }

    /// What the job is made of.
    ///
    /// - Parameter isByTimer: whether the timer's run is to be made, which may be silenced: then it needs nothing.
    /// - Throws: ``Failure`` `configuration` when one of its settings is missing or wrong.
    func resources<J: Job>(for _: J.Type, isByTimer: Bool = false) throws(Failure) -> JobResources {
        let found = try Settings(of: J.settings, environment: invocation.environment)
        if let silencer = J.silencer, isByTimer, try found[silencer] { return resources(found) }
        for setting in J.settings {
            if let problem = found.problem(with: setting) { throw problem }
        }
        for setting in J.neededSettings {
            if let problem = found.problem(with: setting, isNeeded: true) { throw problem }
        }
        return resources(found)
    }

    private func resources(_ found: Settings) -> JobResources {
        let time = invocation.time
        let network = CurlTransport(userAgent: "mitxonline-flows/\(MITxOnlineJobs.version)", time: time)
        return JobResources(
            settings: found, database: database,
            // A job tells itself what it would do in a dry run; what it sends nevertheless does not go out.
            transport: isDryRun ? DryRunTransport(network) { _ in } : network,
            limiter: isDryRun ? LocalRates(time: time) : DatabaseRates(in: database, time: time),
            locks: LeaseLocks(in: database, owner: owner, time: time), log: invocation.log, time: time,
            sleep: { try await Task.sleep(for: $0) }, numbers: .system, atOnce: 4)
    }

    /// Host and process, by which an operator finds the run.
    private static var owner: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return "\(String(decoding: host, as: UTF8.self))/\(getpid())"
    }
}
