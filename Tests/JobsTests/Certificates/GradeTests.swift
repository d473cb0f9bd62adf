import Bytes
import Command
import Foundation
import Support
import Testing

@testable import Jobs

@Suite("Grades that are taken over") struct GradeTests {
    @Test("EDX-67 What an operator set stays, and counts for the certificate", arguments: Engine.allCases)
    func admin(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.write { session in
                try session.insertGrade(user: 11, run: 1, 0.9, letter: "A", setByAdmin: true)
            }
            stage.lms.grade("ada_l", in: GradeStage.run, LMSGrade(.number("0.1"), passed: false, letter: nil))
            try await stage.expectRun("runs 1, certificates_created 1")
            #expect(try await stage.grade() == "0.9 A passed admin")
            #expect(try await stage.certificate() != nil)
        }
    }

    @Test("EDX-68 A grade that changed is updated, with an audit row of before and after", arguments: Engine.allCases)
    func update(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.write { session in try session.insertGrade(user: 11, run: 1, 0.5, letter: "Pass") }
            stage.lms.grade("ada_l", in: GradeStage.run, LMSGrade(.number("0.6"), passed: false, letter: "Pass"))
            try await stage.expectRun("runs 1, grades_updated 1")
            #expect(try await stage.grade() == "0.6 Pass")
            let audits = try await stage.database.read { session in try session.gradeAudits(of: 11) }
            #expect(audits.count == 1)
            let audit = try #require(audits.first)
            #expect(audit.before?["grade"] == .number("0.5"))
            #expect(audit.after?["grade"] == .number("0.6"))
            #expect(audit.before?["updated_on"]?.string == "2026-09-01T00:00:00Z")
            #expect(audit.after?["updated_on"]?.string == "2026-09-15T12:00:00Z")
            #expect(audit.actor == nil)
            let keys = [
                "id", "created_on", "updated_on", "user", "course_run", "grade", "letter_grade", "passed",
                "set_by_admin",
            ]
            let members = try #require(audit.after?.memberKeys)
            #expect(Set(members) == Set(keys))
        }
    }

    @Test(
        "EDX-69 A grade out of range changes nothing, of an existing row or a new one (which the existing application would insert), and the others are taken over",
        arguments: Engine.allCases)
    func range(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.write { session in try session.insertGrade(user: 11, run: 1, 0.5) }
            stage.lms.grade("ada_l", in: GradeStage.run, LMSGrade(.number("2.5"), passed: true, letter: "Pass"))
            try await stage.addLearner(12)
            try await stage.addLearner(13, LMSGrade(.number("-0.1"), passed: true, letter: nil))
            try await stage.addLearner(14, LMSGrade(.number("0.9"), passed: true, letter: "Excellently"))
            try await stage.expectRun("runs 1, grades_created 1, grades_invalid 3, certificates_created 1")
            #expect(try await stage.grade() == "0.5 passed")
            #expect(try await stage.certificate() == nil)
            #expect(try await stage.certificate(of: 12) != nil)
            #expect(try await stage.grade(of: 13) == nil)
            let lines = stage.log.lines(of: "grade_skipped")
            #expect(lines.map { $0["entry"]?.int } == [1, 3, 4])
            #expect(lines.first?["run"]?.int == 1)
            #expect(lines.first?["problem"]?.string == "the grade is not between 0.0 and 2.0")
        }
    }

    @Test(
        "Entries that are no grade are skipped with a line each that names their place; the others are taken over",
        arguments: Engine.allCases)
    func malformed(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            var strange: [LMSGrade] = [.null, .string("0.87"), .bool(true), .string("NaN"), .number("1e999")].map {
                LMSGrade($0, passed: true, letter: "Pass")
            }
            var verdict = LMSGrade.good
            verdict.passed = .string("yes")
            var letter = LMSGrade.good
            letter.letter = .number("5")
            strange += [verdict, letter]
            for (index, grade) in strange.enumerated() { try await stage.addLearner(20 + index, grade) }
            try await stage.addLearner(12)
            try await stage.expectRun(
                "runs 1, grades_created 2, grades_invalid \(strange.count), certificates_created 2")
            let lines = stage.log.lines(of: "grade_skipped")
            #expect(lines.map { $0["entry"]?.int } == Array(2...strange.count + 1))
            #expect(!stage.log.text.contains("learner_") && !stage.log.text.contains("ada_l"))
            #expect(try await stage.count("courses_courserungrade") == 2)
        }
    }

    @Test(
        "EDX-70 A zero deletes a certificate only when it was seen twice, an hour apart (the existing application deletes it at once)",
        arguments: Engine.allCases)
    func zero(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.write { session in
                try session.insertCourseCertificate(701, user: 11, run: 1, hasCredential: true)
            }
            try await stage.expectRun("runs 1, grades_created 1")
            let uuid = try await stage.certificate()?.uuid
            stage.lms.grade("ada_l", in: GradeStage.run, .zero)
            try await stage.expectRun("runs 1, grades_updated 1")
            stage.clock.advance(by: .seconds(3599))
            try await stage.expectRun("runs 1")
            #expect(try await stage.certificate()?.uuid == uuid)
            stage.lms.grade("ada_l", in: GradeStage.run, .good)
            try await stage.expectRun("runs 1, grades_updated 1")
            #expect(try await stage.base.count("sighting") == 0, "another grade was seen")
            #expect(try await stage.certificate()?.uuid == uuid)

            stage.lms.grade("ada_l", in: GradeStage.run, .zero)
            try await stage.expectRun("runs 1, grades_updated 1")
            #expect(try await stage.marks() == [])
            stage.clock.advance(by: .seconds(3600))
            try await stage.expectRun("runs 1, certificates_deleted 1")
            #expect(try await stage.certificate() == nil)
            #expect(try await stage.count("courses_verifiablecredential") == 0)
            #expect(try await stage.base.count("sighting") == 0)
            #expect(try await stage.marks() == ["contact 11"])
            let line = stage.log.lines(of: "certificate_deleted").first
            #expect(line?["level"]?.string == "warning")
            #expect(line?["uuid"]?.string == uuid)
            #expect(line?["link"]?.string == "/certificate/5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11/")
            // Nothing more: the existing application tells HubSpot of the learner in every run.
            try await stage.expectRun("runs 1")
            #expect(try await stage.marks() == ["contact 11"])
        }
    }

    @Test("A zero that Open edX calls passed earns nothing", arguments: Engine.allCases)
    func lie(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            stage.lms.grade("ada_l", in: GradeStage.run, LMSGrade(.number("0"), passed: true, letter: "Pass"))
            try await stage.expectRun("runs 1, grades_created 1")
            #expect(try await stage.certificate() == nil)
        }
    }

    @Test("EDX-72 A learner whom nobody knows here costs a warning, and the others nothing", arguments: Engine.allCases)
    func unknown(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            stage.lms.add(LMSUser("ghost", email: "ghost@example.org"))
            stage.lms.grade("ghost", in: GradeStage.run, .good)
            try await stage.expectRun("runs 1, grades_created 1, unknown_users 1, certificates_created 1")
            let lines = stage.log.lines(of: "unknown_learners")
            #expect(lines.count == 1)
            #expect(lines.first?["count"]?.int == 1)
            #expect(lines.first?["first"]?.int == 2)
        }
    }

    @Test(
        "EDX-73 A run that Open edX does not give does not cost the others theirs; the outcome is partial",
        arguments: Engine.allCases)
    func failing(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            let other = "course-v1:MITx+7.00x+3T2026"
            try await stage.write { session in
                try session.insertRun(2, key: other)
                try session.insertEnrollment(2, user: 11, run: 2, mode: "verified")
            }
            stage.lms.add(LMSCourse(other))
            stage.lms.grade("ada_l", in: other, .good)
            stage.lms.fault(.status(500), on: .grades, times: .max) { $0.path.contains("6.00x") }
            try await stage.expectRun(
                "runs 2, runs_failed 1, grades_created 1, certificates_created 1", status: .partly)
            #expect(try await stage.certificate() == nil)
            #expect(try await stage.certificate(in: 2) != nil)
        }
    }

    @Test("A course that vanished is one clear line, and the others are worked on", arguments: [Engine.sqlite])
    func vanished(_ engine: Engine) async throws {
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
        }
    }

    @Test("Grades of another run than the one that was asked for are not taken", arguments: [Engine.sqlite])
    func foreign(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            var grade = LMSGrade.good
            grade.run = "course-v1:MITx+other+3T2026"
            try await stage.addLearner(12, grade)
            try await stage.expectFailure("entry 2 of the page is not of the course run that was asked for")
            #expect(try await stage.count("courses_courserungrade") == 0)
        }
    }
}

extension GradeStage {
    /// Runs the job, which finds Open edX useless.
    fileprivate func expectFailure(_ words: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let failure = await #expect(throws: Failure.self, sourceLocation: sourceLocation) {
            try await run()
        }
        #expect(failure?.message.contains(words) == true, sourceLocation: sourceLocation)
    }
}

extension JSONValue {
    /// The keys of an object; nil for anything else.
    fileprivate var memberKeys: [String]? {
        guard case .object(let members) = self else { return nil }
        return members.map(\.key)
    }
}
