import Bytes
import Command
import Store
import Support
import Testing

@testable import Jobs

@Suite("status, dead-letters, requeue and metrics")
struct StatusTests {
    private static let job = "retry-enrollments"

    /// The line of the job that these tests run, each age that changes while they run as N s.
    private static func row(_ result: ProgramResult) throws -> [String: String] {
        try PrintedTable(result.output) { !$0.hasPrefix("outbox ") }.row("JOB", job)
            .mapValues { $0.replacing(/[0-9]+ s\b/, with: "N s") }
    }

    @Test("status before and after a run, as text and as JSON", arguments: Engine.allCases)
    func status(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            let before = try await stage.program().run(["status"])
            #expect(
                try Self.row(before) == [
                    "JOB": Self.job, "LAST RUN": "never", "ENDED": "", "LAST GOOD": "never",
                    "WAITING": "7 (oldest 24 h)", "DEAD": "0", "OPEN CALLS": "0",
                ])
            #expect(before.ending == .exit(0))
            _ = try await stage.run()
            let after = try await stage.program().run(["status"])
            #expect(
                try Self.row(after) == [
                    "JOB": Self.job, "LAST RUN": "N s", "ENDED": "partial (3)", "LAST GOOD": "N s", "WAITING": "0",
                    "DEAD": "1", "OPEN CALLS": "0",
                ])
            #expect(
                after.output.hasSuffix(
                    """

                    outbox 0, inbox 0
                    retry-enrollments, last run: enrollment 6: Open edX, enroll: Response - code: 403, content: refused by \
                    an enrollment filter

                    """))
            let document = try await stage.program().run(["status", "--json"]).document()
            let object = String(
                decoding: try document.object(in: "jobs", where: "job", is: Self.job).compactBytes, as: UTF8.self)
            let timeless = object.replacing(/"20\d\d-[^"]*Z"/, with: #""T""#)
                .replacing(/"last_owner":"[^"]+\/\d+"/, with: #""last_owner":"O""#)
            #expect(
                timeless == """
                    {"job":"retry-enrollments","overdue":false,"running":false,"last_started_at":"T",\
                    "last_ended_at":"T","last_outcome":"partial","last_status":3,"last_problem":"enrollment 6: Open edX, \
                    enroll: Response - code: 403, content: refused by an enrollment filter","last_owner":"O",\
                    "last_success_at":"T","dead_letters":1,"backlog":{"count":0,"oldest_at":null},\
                    "open_intents":{"count":0,"oldest_at":null}}
                    """)
            for queue in ["outbox", "inbox"] { #expect(document[queue]?["count"]?.int == 0) }
            #expect(document.text("now")?.hasSuffix("Z") == true)
        }
    }

    @Test("status shows each job once, and sums them up in its last line")
    func sums() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareScenario()
            _ = try await stage.run()
            let text = try await stage.program().run(["status"])
            let table = try PrintedTable(text.output) { !$0.hasPrefix("outbox ") }
            #expect(table.rows.map { $0["JOB"] } == JobTable.all.map(\.name.text))
            let json = try await stage.program().run(["status", "--json"])
            let jobs = try #require(try json.document()["jobs"]?.array)
            #expect(jobs.map { $0.text("job") } == JobTable.all.map(\.name.text))
            func sum(_ number: (JSONValue) -> Int?) -> Int { jobs.reduce(0) { $0 + (number($1) ?? 0) } }
            let numbers = [
                "jobs": jobs.count, "overdue": 0, "backlog": sum { $0["backlog"]?["count"]?.int },
                "dead_letters": sum { $0["dead_letters"]?.int },
                "open_intents": sum { $0["open_intents"]?["count"]?.int }, "outbox": 0, "inbox": 0,
            ]
            #expect(sum { $0["dead_letters"]?.int } > 0)
            for result in [text, json] {
                #expect(result.log.count == 1)
                for (name, number) in numbers { #expect(result.counter(name) == number, "\(name)") }
            }
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
            #expect(result.ending == .exit(3))
            let row = try Self.row(result)
            #expect(row["LAST RUN"] == "2 h")
            #expect(row["LAST GOOD"] == "2 h")
            #expect(row["OPEN CALLS"]?.wholeMatch(of: /0 +overdue/) != nil)
            #expect(result.log.count == 2)
            #expect(
                result.log.first == JobsProgram.line("warning", "status", "overdue", #""job":"retry-enrollments""#))
            #expect(result.counter("overdue") == 1)
        }
    }

    @Test("status after a kill shows the call whose outcome is not known", arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(1)
            _ = try await stage.run(environment: ["FAULT": "step.answered"])
            try await stage.endLeases()
            let result = try await stage.program().run(["status"])
            let row = try Self.row(result)
            #expect(row["ENDED"] == "did not say")
            #expect(row["OPEN CALLS"] == "1 (oldest N s)")
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
