import Bytes
import Command
import Services
import Store
import Support
import Testing

@testable import Jobs

/// What comes in wrong costs one clear line each, which names nobody, and nothing of it is written, not even half; whoever is
/// beside it gets what they earned.
@Suite("Bad input of Open edX and of the database")
struct BadInputTests {
    @Test(
        "Malformed grades: a line for each names its place, and only the good one beside them counts",
        arguments: Engine.allCases)
    func malformed(engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            var verdict = LMSGrade.good
            verdict.passed = .string("true")
            var letter = LMSGrade.good
            letter.letter = .array([])
            let flaws: [(LMSGrade, String)] = [
                (LMSGrade(.string("0.87"), passed: true, letter: "Pass"), "no percent that is a number"),
                (LMSGrade(.null, passed: true, letter: "Pass"), "no percent that is a number"),
                (LMSGrade(.number("1e999"), passed: true, letter: "Pass"), "no percent that is a number"),
                (verdict, "no verdict of passed or not"), (letter, "a letter grade that is no text"),
                (LMSGrade(.number("-0.5"), passed: true, letter: "Pass"), "the grade is not between 0.0 and 2.0"),
                (LMSGrade(.number("87"), passed: true, letter: "Pass"), "the grade is not between 0.0 and 2.0"),
            ]
            for (index, flaw) in flaws.enumerated() { try await stage.addLearner(20 + index, flaw.0) }
            try await stage.expectRun("runs 1, grades_created 1, grades_invalid 7, certificates_created 1")
            let lines = stage.log.lines(of: "grade_skipped").sorted {
                ($0["entry"]?.int ?? 0) < ($1["entry"]?.int ?? 0)
            }
            #expect(lines.map { $0["problem"]?.string } == flaws.map(\.1))
            #expect(lines.map { $0["entry"]?.int } == Array(2...8))
            try await expectOnly([11], stage)
        }
    }

    @Test("A course that vanished: its run is named, and those of the others are done", arguments: Engine.allCases)
    func vanished(engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.write { session in
                try session.insertRun(2, key: "course-v1:MITx+gone+3T2026")
                try session.insertEnrollment(2, user: 11, run: 2, mode: "verified")
            }
            try await stage.expectRun(
                "runs 2, runs_failed 1, grades_created 1, certificates_created 1", status: .partly)
            let lines = stage.log.lines(of: "item_refused")
            #expect(lines.map { $0["item"]?.string } == ["run 2"])
            #expect(lines.first?["problem"]?.string?.contains("404") == true)
            try await expectOnly([11], stage)
        }
    }

    @Test(
        "A learner without an account at Open edX: neither they nor the one who has it by that name get another's grade",
        arguments: Engine.allCases)
    func accountless(engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.write { session in
                try session.insertLearner(12, username: "bo", email: "bo@example.org", name: "Bo")
                try session.insertEnrollment(12, user: 12, run: 1, mode: "verified")
            }
            stage.lms.add(LMSUser("bo", email: "other@example.org"))
            stage.lms.grade("bo", in: GradeStage.run, .good)
            try await stage.expectRun("runs 1, grades_created 1, unknown_users 1, certificates_created 1")
            #expect(stage.log.lines(of: "unknown_learners").map { $0["count"]?.int } == [1])
            try await expectOnly([11], stage)
        }
    }

    @Test("A certificate page without a signatory: one line names the run, and the page is shown all the same")
    func unsigned() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.insertCertificate()
            try await stage.write { session in
                try session.execute("UPDATE wagtailcore_revision SET content = '[]' WHERE id = 3301")
                try session.execute("UPDATE cms_certificatepage SET signatories = '[]'")
            }
            #expect(try await stage.run().status == .done)
            let lines = stage.stage.log.lines(of: "certificate_without_signatory")
            #expect(lines.map { $0["run"]?.int } == [1])
            #expect(stage.page()?.contains("certificate-signatories") == false)
            #expect(try stage.document()?["certificate_page"]?.isNull == false)
        }
    }

    @Test(
        "An Open edX that calls a zero, or nobody's work, passed: a grade, and no certificate",
        arguments: Engine.allCases)
    func unearned(engine: Engine) async throws {
        try await withGradeStage(engine, mode: "audit") { stage in
            try await stage.addLearner(12, LMSGrade(.number("0"), passed: true, letter: "Pass"))
            try await stage.addLearner(13, mode: "honor")
            try await stage.addLearner(14, active: false)
            try await stage.addLearner(15)
            try await stage.expectRun("runs 1, grades_created 5, certificates_created 1")
            for learner in [11, 12, 13, 14] { #expect(try await stage.certificate(of: learner) == nil) }
            #expect(try await stage.certificate(of: 15) != nil)
            expectNobodyNamed(stage)
        }
    }

    @Test("An Open edX that answers with another course: the whole run fails, in one line", arguments: Engine.allCases)
    func otherCourse(engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            var grade = LMSGrade.good
            grade.run = "course-v1:MITx+other+3T2026"
            try await stage.addLearner(12, grade)
            try await stage.addRun(2, key: "course-v1:MITx+7.00x+3T2026")
            try await stage.expectRun(
                "runs 2, runs_failed 1, grades_created 1, certificates_created 1", status: .partly)
            let lines = stage.log.lines(of: "item_postponed")
            #expect(lines.map { $0["item"]?.string } == ["run 1"])
            #expect(
                lines.first?["problem"]?.string?.contains("not of the course run that was asked for") == true)
            try await expectOnly([], stage)
        }
    }

    // Without the check, an operator's grade would go to whomever Open edX named.
    @Test(
        "An Open edX that answers with another learner: an operator's grade goes to nobody", arguments: Engine.allCases)
    func otherLearner(engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.addLearner(12)
            var grade = LMSGrade.good
            grade.username = "learner_12"
            stage.lms.grade("ada_l", in: GradeStage.run, grade)
            let choice = try await stage.choice(0.9, "A")
            let failure = await #expect(throws: Failure.self) { _ = try await stage.run(choice) }
            #expect(failure?.status == .unavailable)
            #expect(failure?.message.contains("not of the learner who was asked for") == true)
            #expect(try await stage.written() == ["0 audits"])
            expectNobodyNamed(stage)
        }
    }

    /// Expects that in run 1 nobody but these has a grade and a certificate, with an audit row each.
    private func expectOnly(
        _ learners: [Int], _ stage: GradeStage, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let holders = try await stage.database.read { session in
            try ["courses_courserungrade", "courses_courseruncertificate"].map { table -> [Int] in
                let sql: SQL = """
                    SELECT user_id FROM \(identifier: table) WHERE course_run_id = 1 ORDER BY user_id
                    """
                return try session.rows(sql) { row in try row["user_id"] }
            }
        }
        #expect(holders == [learners, learners], sourceLocation: sourceLocation)
        let grades = try await stage.count("courses_courserungrade")
        #expect(try await stage.count("courses_courserungradeaudit") == grades, sourceLocation: sourceLocation)
        expectNobodyNamed(stage, sourceLocation: sourceLocation)
    }

    private func expectNobodyNamed(_ stage: GradeStage, sourceLocation: SourceLocation = #_sourceLocation) {
        let names = ["learner_", "ada_l", "Ada", "@example.org", "\"bo\""]
        for name in names { #expect(!stage.log.text.contains(name), sourceLocation: sourceLocation) }
    }
}

extension GradeStage {
    /// Another run, which learner 11 is in and has passed.
    fileprivate func addRun(_ id: Int, key: String) async throws {
        try await write { session in
            try session.insertRun(id, key: key)
            try session.insertEnrollment(id, user: 11, run: id, mode: "verified")
        }
        lms.add(LMSCourse(key))
        lms.grade("ada_l", in: key, .good)
    }
}
