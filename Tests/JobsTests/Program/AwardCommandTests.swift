import Foundation
import Store
import Support
import Testing

/// What operators do to grades, certificates and programs (`spec/openedx.md` §17), with the built program.
@Suite("Commands for certificates and programs, with the built program")
struct AwardCommandTests {
    /// Learner 11 is in run 1 verified and has passed it with 0.87, and is in program 1, which requires course 1, in audit.
    private func withLearner(_ engine: Engine, _ body: (ProgramStage) async throws -> Void) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.write { session in
                try session.insertCanary(11, "l1", isSynced: true)
                try session.insertModes()
                try session.insertMode(1, ofRun: 1)
                try session.insertMode(2, ofRun: 1)
                try session.insertEnrollment(1, user: 11, run: 1, mode: "verified", edxEnrolled: true)
                try session.insertProgram(1)
                try session.insertRequirements([.all([.course(1)])], of: 1)
                try session.insertProgramEnrollment(1, user: 11, program: 1, mode: "audit")
            }
            stage.lms.add(LMSUser(Canary.username("l1"), email: Canary.email("l1")))
            stage.lms.grade(Canary.username("l1"), in: ProgramStage.run, .good)
            try await body(stage)
        }
    }

    @Test(
        "From the grade to the program's certificate: each command is dry without --commit, and once is enough",
        .timeLimit(.minutes(20)), arguments: Engine.allCases)
    func awards(engine: Engine) async throws {
        try await withLearner(engine) { stage in
            try await stage.expect(
                ["upgrade-program-enrollments", "--program", "program-v1:MITx+P1"],
                would: "make the enrollment of learner 11 in program 1 verified\nprocessed 1, upgraded 1\n",
                did: "processed 1, upgraded 1\n",
                again: "nothing to do: no audit enrollment of that choice\n")
            try await stage.expect(
                ["generate-certificates", "--run", ProgramStage.run],
                would: """
                    create the grade of learner 11 in run 1
                    create the certificate of learner 11 in run 1
                    runs 1, grades_created 1, certificates_created 1

                    """,
                did: "runs 1, grades_created 1, certificates_created 1\n", again: "runs 1\n")
            let lines = try await stage.database.read { session in try session.programCertificateLines() }
            #expect(lines.count == 1, "the course was the last that the program required")
            try await stage.write { session in try session.execute("DELETE FROM courses_programcertificate") }
            try await stage.expect(
                ["generate-program-certificates", "--program", "1", "--user", Canary.email("l1")],
                would: "issue the program certificate of learner 11 in program 1\nprocessed 1, created 1\n",
                did: "processed 1, created 1\n",
                again: "processed 1: there is a certificate already, revoked or not\n")
        }
    }

    @Test("An operator's grade stays, and earns the certificate")
    func override() async throws {
        try await withLearner(.sqlite) { stage in
            try await stage.expect(
                [
                    "generate-certificates", "--run", ProgramStage.run, "--user", Canary.username("l1"), "--grade",
                    "0.9", "--letter-grade", "A",
                ],
                would: """
                    create the grade of learner 11 in run 1
                    create the certificate of learner 11 in run 1
                    runs 1, grades_created 1, certificates_created 1

                    """,
                did: "runs 1, grades_created 1, certificates_created 1\n", again: "runs 1\n")
            let grade = try await stage.database.read { session in try session.gradeLine(of: 11) }
            #expect(grade == "0.9 A passed admin")
        }
    }

    @Test(
        "revoke-certificates and restore-certificates: of a course and of a program, dry without --commit, and once is enough",
        .timeLimit(.minutes(20)), arguments: Engine.allCases)
    func revocation(engine: Engine) async throws {
        try await withLearner(engine) { stage in
            try await stage.write { session in
                try session.insertCourseCertificate(701, user: 11, run: 1)
                try session.insertProgramCertificate(801, user: 11, program: 1)
            }
            for (kind, id, choice) in [
                ("course", 701, ["--run", ProgramStage.run]), ("program", 801, ["--program", "program-v1:MITx+P1"]),
            ] {
                for (verb, past) in [("revoke", "revoked"), ("restore", "restored")] {
                    let name = "\(kind) certificate \(id)"
                    try await stage.expect(
                        ["\(verb)-certificates", "--user", Canary.email("l1")] + choice,
                        would: "would have \(past) \(name); --commit does it\n", did: "\(past) \(name)\n",
                        again: "\(name) is \(past) already\n")
                }
            }
            let marks = try await stage.database.read { session in try session.marks() }
            #expect(
                marks == Array(repeating: "course_certificate 701", count: 2)
                    + Array(repeating: "program_certificate 801", count: 2))
        }
    }

    @Test(
        "check-requirement-trees needs no more than to read programs and their requirements, neither the program's own nor those of learners",
        arguments: Engine.allCases)
    func requirements(engine: Engine) async throws {
        try await withLearner(engine) { stage in
            try await stage.write { session in
                try session.insertProgram(2)
                try session.insertRequirements([.atLeast(3, [.course(1)])], of: 2)
            }
            var locator = stage.locator
            if engine != .sqlite {
                let role = "reader_\(UUID().uuidString.prefix(8).lowercased())"
                try await stage.write { session in
                    try session.execute("CREATE ROLE \(identifier: role) LOGIN")
                    for table in [
                        "courses_program", "courses_programrequirement", "courses_program_enrollment_modes",
                        "courses_enrollmentmode",
                    ] {
                        try session.execute("GRANT SELECT ON \(identifier: table) TO \(identifier: role)")
                    }
                }
                locator = locator.replacing("//postgres@", with: "//\(role)@")
            }
            let before = try await stage.dump()
            let program = try stage.program(["DATABASE_URL": locator])
            let text = try await program.run(["check-requirement-trees"])
            #expect(text.ending == .exit(0), "\(text.errors)")
            let rows = try PrintedTable(text.output).rows
            #expect(rows.map { $0["KEY"] } == ["program-v1:MITx+P2"], "\(text.output)")
            let sound = try await program.run(["check-requirement-trees", "--program", "1"])
            #expect(sound.output == "nothing is wrong\n")
            #expect(try await stage.dump() == before)
        }
    }
}
