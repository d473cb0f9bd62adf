import Bytes
import Command
import Store
import Support
import Synchronization
import Worker

@testable import Jobs

/// One schedule of all jobs: any of them in any order, one in the middle of another as a second process, with faults, deaths, jumps
/// of the clock and changes by the application; then quiet.
final class JobsSchedule: Sendable {
    /// What the application did in the middle, as far as the end depends on it.
    struct Changes: Sendable {
        /// Enrollments that it changed.
        var enrollments: Set<Int> = []
        /// Learners whose certificates it revoked: courses, then programs.
        var revoked: Set<Int> = []
    }

    let world: JobsWorld
    private let random: RandomSource
    private let lines = Mutex<[String]>([])
    private let changes = Mutex(Changes())
    /// Whether something may happen while a call is under way.
    private let mayInterfere = Mutex(true)

    private static let faults: [LMSFault] = LMSFault.sequential.filter { fault in
        // Ten megabytes are a matter of a test of their own.
        if case .huge = fault { false } else { true }
    }

    init(seed: UInt64, _ test: TestDatabase) async throws {
        world = try await JobsWorld(test, seed: seed &+ 1000)
        random = RandomSource(seed: seed)
    }

    private var stage: JobStage { world.stage }

    /// What happened, to understand a failure by.
    var story: String { lines.withLock { $0.joined(separator: "\n") } }

    /// Plays the schedule and returns what is wrong in the end.
    func play() async throws -> [String] {
        for call: LMSCall in [.enroll, .deactivate, .grades, .courseList, .registration, .profileUpdate, .tokenRefresh]
        {
            stage.lms.before(call) { [self] _ in await interfere() }
        }
        if random.chance(50) { world.fastly.fail(with: [503]) }
        for _ in 0..<random.number(4...9) { try await disturbedRun() }
        mayInterfere.withLock { $0 = false }
        stage.lms.heal()
        stage.lms.applyLateRequests()
        world.signer.failAlways(nil)
        let failures = await quieten()
        return failures + (try await JobsScheduleCheck(world: world, changes: changes.withLock(\.self)).problems())
    }

    private func note(_ line: String) {
        lines.withLock { $0.append("\(stage.clock.now) \(line)") }
    }

    // MARK: The middle

    private func disturbedRun() async throws {
        stage.lms.heal()
        if random.chance(70) {
            let percent = random.number(5...60)
            stage.lms.randomFaults(seed: UInt64(random.number(1...1_000_000)), percent: percent, Self.faults)
            note("faults in \(percent) of 100 calls")
        }
        world.signer.failAlways(random.chance(30) ? random.pick([.lost, .status(500)]) : nil)
        try await run(random.pick(DisturbedJob.all), "host/1")
        // Whatever was under way arrives within minutes.
        stage.lms.applyLateRequests()
        if random.chance(30) { await change() }
        stage.clock.advance(by: .seconds(random.pick([0, 30, 130, 400, 1800, 7200, 43_200])))
        if random.chance(10) {
            stage.clock.setWall(to: stage.clock.now + .seconds(random.number(-43_200...43_200)))
            note("the clock was set")
        }
    }

    /// A run of the job, by a process that may die.
    private func run(_ job: DisturbedJob, _ owner: String) async throws {
        let death =
            random.chance(70)
            ? Death(at: random.pick(EnginePoints.all), pass: random.number(1...3)) : Death(at: nil)
        do {
            let outcome = try await job.run(world, owner, death)
            note("\(owner) \(job.name.text): \(outcome.status) \(outcome.counts)")
        } catch {
            note("\(owner) \(job.name.text): \(death.isDead ? "killed" : "\(error)")")
        }
    }

    /// Another process runs a job, or the application changes something, while a call of a job is under way.
    private func interfere() async {
        let may = mayInterfere.withLock { may in
            defer { may = false }
            return may
        }
        guard may else { return }
        if random.chance(20) {
            try? await run(random.pick(DisturbedJob.all), "host/2")
        } else if random.chance(10) {
            await change()
        }
        mayInterfere.withLock { $0 = true }
    }

    /// A learner leaves or pays, and Open edX does not learn it; or a certificate is revoked.
    private func change() async {
        let (verb, now) = (random.pick(["leave", "upgrade", "revoke"]), stage.clock.now)
        let (user, run) = (random.pick(JobsWorld.learners).id, random.pick([101, 102]))
        do {
            let done = try await stage.database.write { session in
                switch verb {
                case "leave":
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment SET active = \(false), change_status = 'unenrolled',
                            updated_on = \(now)
                        WHERE user_id = \(user) AND run_id = \(run) AND active AND edx_enrolled
                        """) > 0
                case "upgrade":
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment SET enrollment_mode = 'verified', edx_enrolled = \(false),
                            updated_on = \(now)
                        WHERE user_id = \(user) AND run_id = \(run) AND active AND enrollment_mode = 'audit'
                        """) > 0
                default:
                    try session.execute(
                        """
                        UPDATE courses_courseruncertificate SET is_revoked = \(true), updated_on = \(now)
                        WHERE user_id = \(user) AND course_run_id = \(run)
                        """) > 0
                }
            }
            guard done else { return }
            note("\(verb): learner \(user), run \(run)")
            changes.withLock { changes in
                if verb == "revoke" {
                    changes.revoked.formUnion([user])
                } else {
                    changes.enrollments.formUnion([user])
                }
            }
        } catch {
            note("a change failed: \(error)")
        }
    }

    // MARK: The end

    /// What still fails at last.
    private func quieten() async -> [String] {
        var failures: [String] = []
        // Later than anything that was written by a clock that was set back since.
        stage.clock.advance(by: .seconds(3 * 86_400))
        for round in 1...3 {
            for job in DisturbedJob.all {
                stage.clock.advance(by: .seconds(1800))
                do {
                    let outcome = try await job.run(world, "host/3", Death(at: nil))
                    if !outcome.counts.isEmpty { note("quiet run \(round), \(job.name.text): \(outcome.counts)") }
                } catch {
                    note("quiet run \(round), \(job.name.text): \(error)")
                    if round == 3 { failures.append("\(job.name.text) fails: \(error)") }
                }
            }
        }
        return failures
    }
}
