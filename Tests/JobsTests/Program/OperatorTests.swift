import Bytes
import Support
import Testing

/// `retry-enrollments` and `reset-retries` (`spec/openedx.md` §17).
@Suite("Operator commands on enrollments")
struct OperatorTests {
    private static func counted(_ outcome: String, _ counts: [String: Int] = [:], status: Int = 0) -> String {
        JobsProgram.counted(outcome, counts, status: status)
            .replacing(#""command":"run""#, with: #""command":"retry-enrollments""#)
    }

    @Test(
        "retry-enrollments is dry without --commit, and tries what the job leaves: too young, or given up",
        arguments: Engine.allCases)
    func retry(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(3)
            let now = ProgramStage.ago(.zero)
            try await stage.write { session in
                try session.execute(
                    "UPDATE courses_courserunenrollment SET created_on = \(Timestamp(fixture: now)) WHERE id = 1")
                try session.execute(
                    "UPDATE courses_courserunenrollment SET edx_enrollment_retry_count = 5 WHERE id = 2")
            }
            let program = try stage.program()
            let before = try await stage.dump()
            func would(_ ids: [Int]) -> String {
                ids.map { "enroll enrollment \($0) in \(ProgramStage.run) as verified\n" }.joined()
            }
            // By e-mail address in any letter case, by id, by name at Open edX.
            let users = "\(Canary.email("l1").uppercased()), 12"
            let dry = try await program.run(["retry-enrollments", "--user", users])
            #expect(
                dry.output.split(separator: "\n").sorted() == would([1, 2]).split(separator: "\n") + ["selected 2"])
            #expect(dry.log == [Self.counted("ok", ["selected": 2])])
            try await program.run(["retry-enrollments", "--user", Canary.username("l3"), "--run", ProgramStage.run])
                .expect(output: would([3]) + "selected 1\n", log: [Self.counted("ok", ["selected": 1])])
            #expect(try await stage.dump() == before)
            #expect(stage.lms.effects == [])

            try await program.run(["retry-enrollments", "--user", users, "--commit"])
                .expect(
                    output: "selected 2, enrolled 2\n",
                    log: [Self.counted("ok", ["selected": 2, "enrolled": 2])])
            #expect(stage.lms.effects.count == 2)
            try await program.run(["retry-enrollments", "--run", ProgramStage.run, "--commit"])
                .expect(
                    output: "selected 1, enrolled 1\n",
                    log: [Self.counted("ok", ["selected": 1, "enrolled": 1])])
            #expect(stage.lms.effects.count == 3)
            #expect(try await stage.ledger() == ["ok 0", "ok 0"])
        }
    }

    @Test("--force also sends what Open edX is said to have, and writes nothing when that is right")
    func force() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(2)
            _ = try await stage.run()
            let state = try await stage.finalState()
            stage.lms.update { state in
                state.enrollments.removeAll { $0.username == Canary.username("l2") }
                state.effects = []
            }
            let program = try stage.program()
            let words = ["retry-enrollments", "--run", ProgramStage.run, "--commit"]
            let nothing = "nothing to do: no enrollment of that choice waits for Open edX"
            try await program.run(words).expect(
                output: nothing + " (--force takes those it is said to have)\n", log: [Self.counted("ok")])
            try await program.run(words + ["--force"]).expect(
                output: "selected 2, enrolled 2\n",
                log: [Self.counted("ok", ["selected": 2, "enrolled": 2])])
            #expect(
                stage.lms.effects == [.enrolled(Canary.username("l2"), run: ProgramStage.run, mode: "verified")])
            let rows = try await stage.finalState().filter { $0.first?.isNumber == true }
            #expect(rows == state.filter { $0.first?.isNumber == true })
        }
    }

    @Test(
        "reset-retries is dry without --commit, sets counters to 0, and says when there is nothing to reset",
        arguments: Engine.allCases)
    func reset(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(3)
            try await stage.write { session in
                try session.execute(
                    "UPDATE courses_courserunenrollment SET edx_enrollment_retry_count = 5 WHERE id = 1")
                try session.execute(
                    "UPDATE courses_courserunenrollment SET edx_enrollment_retry_count = 2 WHERE id = 2")
                try session.execute("UPDATE courses_courserunenrollment SET edx_enrolled = \(true) WHERE id = 3")
            }
            let program = try stage.program()
            func summary(_ count: Int, _ isCommitted: Bool) -> [String] {
                [JobsProgram.finished("reset-retries", #""enrollments":\#(count),"committed":\#(isCommitted)"#)]
            }
            func counters() async throws -> [String] {
                try await stage.finalState().filter { $0.first?.isNumber == true }.map {
                    String($0.split(separator: ",")[0].split(separator: " ").last ?? "")
                }
            }
            let before = try await stage.dump()
            try await program.run(["reset-retries", "--all"])
                .expect(output: "would reset 2; --commit does it\n", log: summary(2, false))
            try await program.run(["reset-retries", "--all", "--only-exhausted", "--json"])
                .expect(output: #"{"enrollments":1,"committed":false}"# + "\n", log: summary(1, false))
            #expect(try await stage.dump() == before)
            try await program.run(["reset-retries", "--run", ProgramStage.run, "--only-exhausted", "--commit"])
                .expect(output: "reset 1\n", log: summary(1, true))
            #expect(try await counters() == ["0", "2", "0"])
            try await program.run(["reset-retries", "--user", "12", "--commit"])
                .expect(output: "reset 1\n", log: summary(1, true))
            #expect(try await counters() == ["0", "0", "0"])
            try await program.run(["reset-retries", "--user", "13", "--commit"]).expectFailure(
                65, command: "reset-retries", "nothing to reset: no enrollment of that choice waits for Open edX")
        }
    }
}
