import Foundation
import Store
import Support
import Testing

/// Two processes on PostgreSQL, of which one is stopped for longer than its lease.
@Suite("A run that was stopped for too long")
struct FencingTests {
    private static let takenOver =
        "this run was silent for more than 2 s, and another has taken over; what it had in hand was left to that one"

    @Test("while the LMS holds its call: it writes nothing more, says so, and ends with 75", .timeLimit(.minutes(20)))
    func duringCall() async throws {
        try await withProgramStage(.postgres) { stage in
            try await stage.prepareLearners(1)
            let gate = Gate()
            stage.lms.before(.enroll, pass: 1) { _ in await gate.pass() }
            let first = try stage.start("--lease", "2s")
            await gate.holds(1)
            try await expectFenced(stage, first) { gate.open() }
            #expect(stage.lms.count(.enroll) == 2)
        }
    }

    @Test("between intent and call: the same, and its call comes too late to do harm", .timeLimit(.minutes(20)))
    func beforeCall() async throws {
        try await withProgramStage(.postgres) { stage in
            try await stage.prepareLearners(1)
            // After the list, calls are to wait: as if the LMS had asked another process for a pause, one that is long enough for
            // the intent to be seen on however busy a machine.
            stage.lms.before(.enrollmentList, pass: 1) { _ in
                try? await stage.pauseCalls(for: .seconds(15))
            }
            let first = try stage.start("--lease", "2s")
            while try await stage.count("intent") == 0 { try await Task.sleep(for: .milliseconds(5)) }
            try await expectFenced(stage, first) {}
            // When it was waiting for its turn already, the call was sent all the same, after its lease; the LMS had the
            // enrollment by then.
            #expect(stage.lms.count(.enroll) <= 2)
        }
    }

    @Test(
        "and whose place nobody took goes on, or says that it did not do all", .timeLimit(.minutes(20)),
        arguments: 1...3
    )
    func nobody(_: Int) async throws {
        try await withProgramStage(.postgres) { stage in
            try await stage.prepareLearners(6)
            let gate = Gate()
            stage.lms.before(.enrollmentList, pass: 1) { _ in await gate.pass() }
            let first = try stage.start("--lease", "1s")
            await gate.holds(1)
            try await stop(first.pid, in: stage)
            gate.open()
            try await leaseEnds(stage)
            first.send(SIGCONT)
            let result = await first.finish()
            if result.ending == .exit(0) {
                result.expect(log: [JobsProgram.counted("ok", ["selected": 6, "enrolled": 6])])
            } else {
                result.expectFailure(
                    75, command: "run",
                    """
                    this run was silent for more than 1 s, so that another might have taken over; it begins nothing more, \
                    and the next run goes on
                    """)
                #expect(try await stage.ledger() == ["failed 75"])
                let next = try await stage.run()
                next.expect(log: [JobsProgram.counted("ok", ["selected": 6, "enrolled": 6])])
            }
        }
    }

    private func leaseEnds(_ stage: ProgramStage) async throws {
        let isOver: SQL = "SELECT token FROM \(flows: "lease") WHERE name LIKE 'job:%' AND expires_at < now()"
        while try await stage.database.read({ session in try session.first(isOver) { _ in true } }) == nil {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Stops the first run past its lease, lets a second one do the work, and the first go on: everything happened once.
    private func expectFenced(
        _ stage: ProgramStage, _ first: consuming RunningProgram, whenTakenOver: () -> Void
    ) async throws {
        try await stop(first.pid, in: stage)
        try await leaseEnds(stage)
        // The lock on the learner lasts longer than a lease.
        try await stage.endLeases()
        try await stage.pauseCalls(for: .zero)
        let second = try await stage.run()
        second.expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])
        let state = try await stage.finalState()
        let ledger = try await stage.ledger()
        #expect(ledger == ["killed", "ok 0"])

        whenTakenOver()
        first.send(SIGCONT)
        let result = await first.finish()
        result.expectNoCanary()
        result.expectFailure(75, command: "run", Self.takenOver)
        #expect(try await stage.finalState() == state)
        #expect(try await stage.ledger() == ledger)
        #expect(stage.lms.effects == [.enrolled(Canary.username("l1"), run: ProgramStage.run, mode: "verified")])
        #expect(state.first == "1: active verified edx mails 0, 1 audit rows")
        let rest = try await stage.run()
        rest.expect(log: [JobsProgram.counted("ok")])
    }

    /// Stops the process at a moment when it is in no transaction, such as the one that renews its lease: whoever is
    /// stopped in one keeps its locks.
    private func stop(_ process: pid_t, in stage: ProgramStage) async throws {
        let busy: SQL = """
            SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND state LIKE 'idle in transaction%'
            """
        while true {
            kill(process, SIGSTOP)
            let isBusy = try await stage.database.read { session in try session.first(busy) { _ in true } } ?? false
            guard isBusy else { return }
            kill(process, SIGCONT)
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
