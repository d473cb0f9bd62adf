import Bytes
import Store
import Support
import Testing

/// Each run of the program checks that no output shows a canary; here are the ways in which one might get there.
@Suite("Secrets and learners' data")
struct CanaryTests {
    /// Runs the job with all that the log has, and looks at everything that tells of it.
    private func expectNone(
        _ stage: ProgramStage, _ options: String..., environment: [String: String?] = [:], ending: [Int32],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let path = stage.scratch.path("jobs.prom")
        let program = try stage.program(["EDX_API_CLIENT_TIMEOUT": "1"].merging(environment) { _, new in new })
        let words = ["run", "retry-enrollments", "--log-level", "debug", "--metrics", path] + options
        let result = try await program.run(words, sourceLocation: sourceLocation)
        #expect(
            ending.map { .exit($0) }.contains(result.ending), "\(result.ending) \(result.errors)",
            sourceLocation: sourceLocation)
        #expect(result.log.allSatisfy { !$0.hasPrefix("not JSON") }, sourceLocation: sourceLocation)
        if result.ending != .exit(137) {
            Canary.check(try stage.scratch.text("jobs.prom"), "the metrics", sourceLocation: sourceLocation)
        }
        try await stage.expectNoCanaryKept(sourceLocation: sourceLocation)
        for words in [["status", "--json"], ["status"], ["dead-letters", "--json"]] {
            let shown = try await program.run(words, sourceLocation: sourceLocation)
            #expect(shown.ending == .exit(0), sourceLocation: sourceLocation)
        }
    }

    @Test("stay where they are in runs of every kind", arguments: Engine.allCases)
    func kinds(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            try await expectNone(stage, "--dry-run", ending: [0])
            try await expectNone(stage, environment: ["FAULT": "job.written:3"], ending: [137])
            try await stage.endLeases()
            try await expectNone(stage, environment: ["OPENEDX_API_BASE_URL": "http://127.0.0.1:9"], ending: [69])
            try await expectNone(
                stage, environment: ["OPENEDX_SERVICE_WORKER_API_TOKEN": "\(Canary.word)-other"], ending: [78])
            try await expectNone(stage, environment: ["EDX_API_CLIENT_TIMEOUT": "30"], ending: [3])
            try await expectNone(stage, ending: [0])
        }
    }

    @Test(
        "stay where they are when answers of every status quote them", .timeLimit(.minutes(20)),
        arguments: [200, 201, 204, 301, 302, 400, 401, 403, 404, 406, 409, 418, 429, 500, 503])
    func answers(status: Int) async throws {
        let names = ["message", "error", "error_code", "detail", "localizedMessage", "user_message_url", "username"]
        let body = "{" + names.map { #""\#($0)":"\#(Canary.word)""# }.joined(separator: ",") + "}"
        let server = try LoopbackServer.start { request in
            LoopbackReply(
                status,
                headers: [
                    ("Content-Type", "application/json"), ("Location", "https://\(Canary.word).test/?\(Canary.word)"),
                    ("Retry-After", Canary.word), ("WWW-Authenticate", "Bearer realm=\(Canary.word)"),
                    ("Set-Cookie", "sessionid=\(Canary.word)"),
                ],
                body: Array(body.utf8))
        }
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareScenario()
            // With the list in order, and with nothing in order.
            for origin in [server.url, stage.lms.state.origin] {
                if origin != server.url {
                    for call in [LMSCall.enroll, .deactivate, .registration] {
                        stage.lms.fault(.status(status), on: call, times: .max)
                    }
                }
                try await expectNone(
                    stage, environment: ["OPENEDX_API_BASE_URL": origin], ending: [0, 3, 69, 75, 78])
            }
        }
    }

    @Test(
        "stay where they are when a learner's token and account are not what is on record", arguments: Engine.allCases)
    func tokens(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(2)
            try await stage.write { session in
                for (learner, expiry) in [(11, ProgramStage.ago(.seconds(-3600))), (12, ProgramStage.ago(.zero))] {
                    try session.insertTokens(
                        of: learner, refresh: "\(Canary.word)-refresh", access: "\(Canary.word)-access", expiry: expiry)
                }
            }
            stage.lms.update { state in
                state.users = []
                state.refreshTokens["\(Canary.word)-refresh"] = Canary.username("l2")
            }
            try await expectNone(stage, environment: ["EDX_API_CLIENT_TIMEOUT": "30"], ending: [0, 3])
            #expect(stage.lms.count(.ownInfo) + stage.lms.count(.tokenRefresh) > 0)
        }
    }

    @Test("stay where they are when PostgreSQL refuses a row and quotes it, or a trigger does")
    func quotedRows() async throws {
        let refusals: [(SQL, [Int32])] = [
            ("ALTER TABLE courses_courserunenrollmentaudit ADD CHECK (id < 0)", [3]),
            ("ALTER TABLE openedx_openedxuser ADD CHECK (edx_username IS NULL OR has_been_synced) NOT VALID", [3]),
            (
                """
                CREATE FUNCTION quote() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE NOTICE '%', NEW; RAISE WARNING '%', NEW; RETURN NEW; END $$
                """, []
            ),
            (
                "CREATE TRIGGER quote BEFORE INSERT ON courses_courserunenrollmentaudit FOR EACH ROW EXECUTE FUNCTION quote()",
                [3]
            ),
            (
                """
                CREATE OR REPLACE FUNCTION quote() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '%', NEW.data_before USING DETAIL = NEW.data_before, HINT = NEW.data_before; END $$
                """, [3, 65, 70]
            ),
        ]
        try await withProgramStage(.postgres) { stage in
            try await stage.prepareScenario()
            for (statement, ending) in refusals {
                try await stage.write { session in try session.execute(statement) }
                if !ending.isEmpty {
                    try await expectNone(stage, environment: ["EDX_API_CLIENT_TIMEOUT": "30"], ending: ending)
                }
            }
        }
    }

    @Test(
        "stay where they are when a value of a row cannot be read",
        arguments: [
            ("courses_courserunenrollment", "created_on"),
            ("courses_courserunenrollment", "edx_enrollment_retry_count"),
            ("courses_courserunenrollment", "updated_on"),
            ("openedx_openedxuser", "has_been_synced"), ("users_user", "is_active"),
            ("users_userprofile", "year_of_birth"),
        ])
    func malformed(table: String, column: String) async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareScenario()
            try await stage.write { session in
                try session.execute("UPDATE \(identifier: table) SET \(identifier: column) = \(Canary.word)")
            }
            let program = try stage.program(["EDX_API_CLIENT_TIMEOUT": "1"])
            for options in [["--dry-run"], []] {
                let result = try await program.run(["run", "retry-enrollments", "--log-level", "debug"] + options)
                #expect([.exit(0), .exit(3), .exit(65)].contains(result.ending), "\(result.errors)")
            }
            try await stage.expectNoCanaryKept()
            for words in [["status", "--json"], ["dead-letters", "--json"]] { _ = try await program.run(words) }
        }
    }
}
