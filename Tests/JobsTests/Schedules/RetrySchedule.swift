import Bytes
import Command
import Flows
import HTTP
import Store
import Support
import Synchronization
import Worker

@testable import Jobs

/// One schedule: learners in all the states that MITx Online and the LMS can disagree in, then runs of the job with faults, deaths
/// and changes by the application in the middle, then quiet.
final class RetrySchedule: Sendable {
    static let runs = ["course-v1:MITx+S1+R", "course-v1:MITx+S2+R"]

    let stage: RetryStage
    private let seed: UInt64
    private let random: Mutex<SeededGenerator>
    private let lines = Mutex<[String]>([])
    /// The rows that the application changed in the middle.
    private let changed = Mutex<Set<Int>>([])
    private let isQuiet = Mutex(false)

    init(seed: UInt64, stage: RetryStage) {
        self.seed = seed
        self.stage = stage
        random = Mutex(SeededGenerator(seed: seed))
    }

    /// What happened, to understand a failure by.
    var story: String { lines.withLock { $0.joined(separator: "\n") } }

    /// Plays the schedule and returns what is wrong in the end.
    func play() async throws -> [String] {
        let rows = try await setUp()
        stage.lms.before(.enroll) { [self] _ in await changeInTheMiddle(rows) }
        stage.lms.before(.deactivate) { [self] _ in await changeInTheMiddle(rows) }
        for _ in 0..<number(2...5) { try await disturbedRun(rows) }
        try await quieten()
        return try await ScheduleCheck(stage: stage, changed: changed.withLock(\.self)).problems(rows)
    }

    // MARK: Chance

    func number(_ range: ClosedRange<Int>) -> Int { random.withLock { $0.number(range) } }

    func chance(_ percent: Int) -> Bool { random.withLock { $0.chance(percent) } }

    func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    func note(_ line: String) {
        lines.withLock { $0.append("\(stage.clock.now) \(line)") }
    }

    // MARK: The middle

    private static let faults: [LMSFault] = LMSFault.sequential.filter { fault in
        // Ten megabytes are a matter of a test of their own.
        if case .huge = fault { false } else { true }
    }

    private func disturbedRun(_ rows: [ScheduleRow]) async throws {
        stage.lms.heal()
        if chance(75) {
            let percent = number(5...70)
            stage.lms.randomFaults(seed: seed &+ UInt64(number(1...1_000_000)), percent: percent, Self.faults)
            note("faults in \(percent) of 100 calls")
        }
        let death = chance(60) ? Death(at: pick(EnginePoints.all), pass: number(1...8)) : Death(at: nil)
        let mortal = MortalWorld(death: death)
        do {
            let outcome = try await stage.run(
                checkpoint: death.pass, transport: mortal.transport(over: stage.lms.transport()), locks: mortal.locks,
                numbers: RandomNumbers { [self] in number($0) }, atOnce: 1)
            note("run: \(outcome.status) \(outcome.counts)")
        } catch {
            note(death.isDead ? "run: killed" : "run: \(error)")
        }
        // Whatever was under way arrives within minutes.
        stage.lms.applyLateRequests()
        try await mortal.leaveLocks(on: stage.base)
        if chance(30) { await change(pick(rows)) }
        stage.clock.advance(by: .seconds(pick([0, 30, 130, 400, 1800, 7200])))
        if chance(15) {
            stage.clock.setWall(to: stage.clock.now + .seconds(number(-43_200...43_200)))
            note("the clock was set")
        }
    }

    /// A change by the application while a call of the job is under way.
    private func changeInTheMiddle(_ rows: [ScheduleRow]) async {
        guard !isQuiet.withLock(\.self), chance(12) else { return }
        await change(pick(rows))
    }

    /// A learner leaves, comes back, or pays; the application tells the LMS, which may fail.
    private func change(_ row: ScheduleRow) async {
        guard row.isKnownToLMS else { return }
        let isLucky = chance(60)
        let verb = pick(["leave", "return", "upgrade"])
        let isHidden = (try? await isHidden(row)) ?? true
        let reachesLMS = isLucky || verb == "leave" && isHidden
        let now = stage.clock.now
        changed.withLock { _ = $0.insert(row.id) }
        note("\(verb) enrollment \(row.id), the LMS \(reachesLMS ? "learns it" : "fails")")
        do {
            let isChanged = try await stage.database.write { session in
                switch verb {
                case "leave":
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment SET active = \(false), change_status = 'unenrolled',
                            edx_enrolled = CASE WHEN \(reachesLMS) THEN \(false) ELSE edx_enrolled END, updated_on = \(now)
                        WHERE id = \(row.id) AND active
                        """) == 1
                case "return":
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment SET active = \(true), change_status = NULL,
                            edx_enrolled = \(reachesLMS), updated_on = \(now)
                        WHERE id = \(row.id) AND NOT active
                        """) == 1
                default:
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment SET enrollment_mode = 'verified',
                            edx_enrolled = \(reachesLMS), updated_on = \(now)
                        WHERE id = \(row.id) AND active AND enrollment_mode = 'audit'
                        """) == 1
                }
            }
            if isChanged, reachesLMS { try await tellLMS(row) }
        } catch {
            note("the change failed: \(error)")
        }
    }

    /// Whether the row says that the LMS does not have an enrollment which it has, and no open call tells otherwise. If the
    /// learner leaves then and the LMS does not learn it, nothing in the database shows that anything is left to do: the rule of
    /// `spec/openedx.md` §6.5 goes by the column.
    private func isHidden(_ row: ScheduleRow) async throws -> Bool {
        guard stage.lms.enrollment(of: row.username, in: row.runKey)?.isActive == true else { return false }
        return try await stage.database.read { session in
            let key = PendingKey.enrollment(row.id)
            let isOpen = try session.first("SELECT id FROM \(flows: "intent") WHERE key = \(key)") { _ in true }
            return try isOpen == nil && row.state(in: &session)?.isEdx == false
        }
    }

    /// The LMS gets the state that the row has.
    private func tellLMS(_ row: ScheduleRow) async throws {
        guard let state = try await stage.database.read({ session in try row.state(in: &session) }) else { return }
        stage.lms.update { lms in
            if let index = lms.enrollments.firstIndex(where: { $0.username == row.username && $0.run == row.runKey }) {
                lms.enrollments[index].isActive = state.isActive
                if state.isActive { lms.enrollments[index].mode = state.mode }
            } else if state.isActive {
                lms.enrollments.append(LMSEnrollment(run: row.runKey, username: row.username, mode: state.mode))
            }
        }
    }

    // MARK: The end

    private func quieten() async throws {
        isQuiet.withLock { $0 = true }
        stage.lms.heal()
        // Later than anything that was written by a clock that was set back since.
        stage.clock.advance(by: .seconds(3 * 86_400))
        // A run that has nothing to do may yet leave a mark for the next.
        var idle = 0
        for _ in 0..<10 where idle < 2 {
            let outcome = try await stage.run(atOnce: 1)
            note("quiet run: \(outcome.counts)")
            stage.clock.advance(by: .seconds(1800))
            idle = outcome.counts.isEmpty && outcome.didWork ? idle + 1 : 0
        }
    }
}
