import Command
import Store
import Support
import Testing

@Suite("status, dead-letters, requeue and metrics")
struct StatusTests {
    private static let queues = #""outbox":0,"inbox":0"#

    private static func summary(_ numbers: String, status: Int = 0) -> String {
        JobsProgram.finished("status", #"\#(numbers),\#(queues)"#, status: status)
    }

    @Test("status before and after a run, as text and as JSON", arguments: Engine.allCases)
    func status(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            let before = try await stage.program().run(["status"])
            before.expect(
                output: """
                    JOB                LAST RUN  ENDED  LAST GOOD  WAITING          DEAD  OPEN CALLS
                    retry-enrollments  never            never      7 (oldest 24 h)  0     0
                    outbox 0, inbox 0

                    """,
                log: [
                    Self.summary(#""jobs":1,"overdue":0,"backlog":7,"dead_letters":0,"open_intents":0"#)
                ])
            _ = try await stage.run()
            let after = try await stage.program().run(["status"])
            #expect(
                // How old things are is as many digits wide as the tests were slow.
                after.output.replacing(/[0-9]+ s\b/, with: "N s").replacing(#/ {2,}/#, with: "  ") == """
                    JOB  LAST RUN  ENDED  LAST GOOD  WAITING  DEAD  OPEN CALLS
                    retry-enrollments  N s  partial (3)  N s  0  1  0
                    outbox 0, inbox 0
                    retry-enrollments, last run: enrollment 6: Open edX, enroll: Response - code: 403, content: refused by \
                    an enrollment filter

                    """)
            let json = try await stage.program().run(["status", "--json"])
            let timeless = json.output.replacing(/"20\d\d-[^"]*Z"/, with: #""T""#)
                .replacing(/"last_owner":"[^"]+\/\d+"/, with: #""last_owner":"O""#)
            #expect(
                timeless == """
                    {"now":"T","jobs":[{"job":"retry-enrollments","overdue":false,"running":false,"last_started_at":"T",\
                    "last_ended_at":"T","last_outcome":"partial","last_status":3,"last_problem":"enrollment 6: Open edX, \
                    enroll: Response - code: 403, content: refused by an enrollment filter","last_owner":"O",\
                    "last_success_at":"T","dead_letters":1,"backlog":{"count":0,"oldest_at":null},\
                    "open_intents":{"count":0,"oldest_at":null}}],"outbox":{"count":0,"oldest_at":null},\
                    "inbox":{"count":0,"oldest_at":null}}

                    """)
        }
    }

    @Test("status of a job that has not run for hours: a warning, and 3", arguments: Engine.allCases)
    func overdue(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            _ = try await stage.run()
            let then = TimeSource.system.now().adding(seconds: -7200)
            try await stage.write { session in
                try session.execute("UPDATE \(flows: "run") SET started_at = \(then), ended_at = \(then)")
            }
            let result = try await stage.program().run(["status"])
            result.expect(
                3,
                output: """
                    JOB                LAST RUN  ENDED   LAST GOOD  WAITING  DEAD  OPEN CALLS
                    retry-enrollments  2 h       ok (0)  2 h        0        0     0           overdue
                    outbox 0, inbox 0

                    """,
                log: [
                    JobsProgram.line("warning", "status", "overdue", #""job":"retry-enrollments""#),
                    Self.summary(#""jobs":1,"overdue":1,"backlog":0,"dead_letters":0,"open_intents":0"#, status: 3),
                ])
        }
    }

    @Test("status after a kill shows the call whose outcome is not known", arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(1)
            _ = try await stage.run(environment: ["FAULT": "step.answered"])
            try await stage.endLeases()
            let result = try await stage.program().run(["status"])
            let row = result.output.split(separator: "\n").dropFirst().first ?? ""
            #expect(row.contains("did not say"))
            #expect(row.contains(/1 \(oldest \d+ s\) *$/))
            #expect(result.counter("open_intents") == 1)
        }
    }

    @Test("what was given up is listed, and tried again after requeue", arguments: Engine.allCases)
    func deadLetters(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            let program = try stage.program()
            try await program.run(["dead-letters"]).expect(output: "nothing was given up\n", log: [])
            try await program.run(["dead-letters", "--json"]).expect(output: #"{"dead_letters":[]}"# + "\n", log: [])
            _ = try await stage.run()
            let problem = "Open edX, enroll: Response - code: 403, content: refused by an enrollment filter"
            let list = try await program.run(["dead-letters", "retry-enrollments"])
            #expect(list.log == [])
            #expect(
                list.output.replacing(/20\d\d-\S*Z/, with: "T") == """
                    JOB                KEY           FAILURES  GIVEN UP                     THE LAST PROBLEM
                    retry-enrollments  enrollment:6  5         T  \(problem)

                    """)
            let json = try await program.run(["dead-letters", "--json"])
            #expect(
                json.output.replacing(/"20\d\d-[^"]*Z"/, with: #""T""#) == """
                    {"dead_letters":[{"job":"retry-enrollments","key":"enrollment:6","failures":5,"parked_at":"T",\
                    "problem":"\(problem)"}]}

                    """)
            let done = #""job":"retry-enrollments","requeued":1"#
            try await program.run(["requeue", "retry-enrollments", "enrollment:6"])
                .expect(output: "requeued 1\n", log: [JobsProgram.finished("requeue", done)])
            try await program.run(["dead-letters"]).expect(output: "nothing was given up\n", log: [])
            try await program.run(["requeue", "retry-enrollments", "--all", "--json"]).expect(
                output: #"{"requeued":0}"# + "\n",
                log: [JobsProgram.finished("requeue", #""job":"retry-enrollments","requeued":0"#)])
            stage.lms.update { $0.courses[ProgramStage.run]?.filtered = [] }
            let again = try await stage.run()
            again.expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])
        }
    }

    @Test("--metrics: the figures of a run, of one in part, and of one that failed")
    func metrics() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(2)
            let path = stage.scratch.path("jobs.prom")
            func run(_ environment: [String: String?] = [:]) async throws -> [String] {
                _ = try await stage.run("--metrics", path, environment: environment)
                let text = try stage.scratch.text("jobs.prom")
                Canary.check(text, "the metrics")
                return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
                    String($0).replacing(
                        #"{program="mitxonline-jobs",command="run",job="retry-enrollments"}"#, with: ""
                    )
                    .replacing(/_seconds .*/, with: "_seconds T")
                    .replacing("mitxonline_run_", with: "")
                }
            }
            let times = ["end_timestamp_seconds T", "duration_seconds T", "success_timestamp_seconds T"]
            func counters(_ numbers: [Int]) -> [String] {
                zip(["selected", "enrolled", "unenrolled", "superseded", "transient", "permanent", "gave_up"], numbers)
                    .map { "\($0) \($1)" }
            }
            let failed = try await run(["OPENEDX_SERVICE_WORKER_API_TOKEN": "\(Canary.word)-old"])
            #expect(failed == ["status 78"] + times.dropLast())
            stage.lms.fault(.status(400), on: .enroll, where: { $0.json?["user"]?.string == Canary.username("l1") })
            #expect(try await run() == ["status 3"] + times + counters([2, 1, 0, 0, 0, 1, 0]))
            #expect(try await run() == ["status 0"] + times + counters([1, 1, 0, 0, 0, 0, 0]))
            let after = try await run(["OPENEDX_API_BASE_URL": "nowhere"])
            #expect(after == ["status 78"] + times)
        }
    }
}
