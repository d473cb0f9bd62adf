import Bytes
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The certificates of programs (`spec/openedx.md` §9).
@Suite("Program certificates")
struct ProgramCertificateTests {
    private static let now = "2026-09-15T12:00:00Z"
    private static let nested: [Requirement] = [
        .all([.course(1)]), .atLeast(2, [.course(2), .course(3), .atLeast(1, [.course(4), .course(5)])]),
    ]
    private static let both: [Requirement] = [.all([.course(1), .course(2)])]

    @Test("EDX-76 the last course's certificate brings the program's, in the same flow", arguments: Engine.allCases)
    func inTheFlow(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: Self.both)
            try session.insertCompletion(user: 11, run: 1)
        } _: { stage in
            try await stage.expectPass(inRun: 2, "runs 2, grades_created 1, certificates_created 1")
            #expect(try await stage.certificates() == ["11 P1 \(Self.now)"])
            let (id, uuid) =
                try await stage.database.read { session in
                    try session.first("SELECT id, uuid FROM courses_programcertificate") { row in
                        (try row["id"] as Int, (try row["uuid"] as UniqueID).description)
                    }
                } ?? (0, "")
            // The link is /certificate/program/<uuid>/.
            #expect(uuid.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
            let course = try await stage.database.read { session in try session.certificate(of: 11, in: 2)?.id } ?? 0
            #expect(
                try await stage.marks() == [
                    "contact 11", "contact 11", "course_certificate \(course)", "program_certificate \(id)",
                ])
            #expect(stage.log.lines(of: "certificate_page_missing").count == 1)
        }
    }

    @Test("EDX-77 an audit enrollment in the program brings none", arguments: Engine.allCases)
    func audit(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: Self.both, mode: "audit")
            try session.insertCompletion(user: 11, run: 1)
        } _: { stage in
            try await stage.expectPass(inRun: 2, "runs 2, grades_created 1, certificates_created 1")
            #expect(try await stage.certificates() == [])
            #expect(try await stage.marks().count == 2, "those of the course's certificate")
        }
    }

    @Test("EDX-78 EDX-79 a choice within a choice", arguments: Engine.allCases, [true, false])
    func choice(engine: Engine, isEarned: Bool) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: Self.nested)
            for run in isEarned ? [1, 2, 5] : [1, 2] { try session.insertCompletion(user: 11, run: run) }
        } _: { stage in
            try await stage.expectAwards(isEarned ? "processed 1, created 1" : "processed 1, ineligible 1")
            #expect(try await stage.certificates() == (isEarned ? ["11 P1 \(Self.now)"] : []))
        }
    }

    @Test(
        "EDX-80 EDX-81 a passing grade counts where there is no certificate to buy", arguments: Engine.allCases,
        [true, false])
    func pass(engine: Engine, isFree: Bool) async throws {
        // Run 5 has no verified mode; run 4 has.
        let run = isFree ? 5 : 4
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.all([.course(1), .course(run)])])
            try session.insertCompletion(user: 11, run: 1)
            try session.insertPass(user: 11, run: run)
        } _: { stage in
            try await stage.expectAwards(isFree ? "processed 1, created 1" : "processed 1, ineligible 1")
        }
    }

    @Test("EDX-82 a certificate of a run that was deferred does not count", arguments: Engine.allCases)
    func deferred(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.all([.course(1)])])
            try session.insertCompletion(user: 11, run: 1, changeStatus: "deferred")
        } _: { stage in
            try await stage.expectAwards("processed 1, ineligible 1")
        }
    }

    @Test("EDX-83 a revoked certificate of a required program does not count", arguments: Engine.allCases)
    func revokedBelow(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.all([.course(1)])], mode: nil)
            try session.insertProgram(2, requiring: [.all([.program(1)])])
            try session.insertCompletion(user: 11, run: 1)
            try session.insertProgramCertificate(1, user: 11, program: 1, isRevoked: true)
        } _: { stage in
            try await stage.expectAwards("processed 1, ineligible 1")
            #expect(try await stage.certificates() == ["11 P1 2026-05-01T12:00:00Z revoked"])
        }
    }

    @Test("EDX-84 a required program without a paid mode needs no certificate of its own", arguments: Engine.allCases)
    func auditOnly(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, isPaid: false, requiring: [.all([.course(1)])], mode: nil)
            try session.insertProgram(2, requiring: [.all([.program(1)])])
            try session.insertCompletion(user: 11, run: 1)
        } _: { stage in
            try await stage.expectAwards("processed 1, created 1")
            #expect(try await stage.certificates() == ["11 P2 \(Self.now)"])
        }
    }

    @Test(
        "EDX-85 programs that require each other: not earned, told once (the existing application never returns)",
        arguments: Engine.allCases)
    func circle(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            for id in [1, 2] { try session.insertProgram(id, isPaid: false) }
            for id in [1, 2] {
                try session.insertRequirements([.all([.program(3 - id)])], of: id)
                try session.insertProgramEnrollment(id, user: 11, program: id)
            }
        } _: { stage in
            try await stage.expectAwards("processed 2, ineligible 2")
            #expect(stage.log.lines(of: "requirements_unusable").count == 1)
            #expect(stage.log.text.split(separator: "\n").count { $0.contains("\"level\":\"error\"") } == 1)
        }
    }

    @Test(
        "EDX-86 an empty tree brings no certificate (the existing application issues one to every verified learner)",
        arguments: Engine.allCases)
    func empty(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.all([])])
            try session.insertProgram(2)
            try session.insertProgramEnrollment(2, user: 11, program: 2)
        } _: { stage in
            try await stage.expectAwards("processed 2, ineligible 2")
        }
    }

    @Test("EDX-87 a revoked certificate: no candidate, and no other by command", arguments: Engine.allCases)
    func revoked(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.all([.course(1)])])
            try session.insertCompletion(user: 11, run: 1)
            try session.insertProgramCertificate(1, user: 11, program: 1, isRevoked: true)
        } _: { stage in
            let before = try await stage.certificates()
            try await stage.expectAwards("")
            for isForced in [false, true] {
                let outcome = try await stage.run(isByHand: true) { resources in
                    try GenerateProgramCertificates(
                        resources, choice: .init(program: 1, user: 11, isForced: isForced))
                }
                #expect(outcome.counts == "processed 1")
            }
            #expect(try await stage.certificates() == before)
            #expect(try await stage.marks() == [])
        }
    }

    @Test("EDX-88 one of 1200 learners whose program has no root fails, and alone", arguments: Engine.allCases)
    func pages(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.all([.course(1)])], mode: nil)
            try session.insertProgram(2)
            try session.insertNode("00020001", "course", of: 2, course: 1)
            for number in 1...1200 {
                try session.insertLearner(1000 + number, email: "learner\(number)@example.org")
                try session.insertProgramEnrollment(number, user: 1000 + number, program: number == 700 ? 2 : 1)
            }
            try session.insertCompletion(user: 2200, run: 1)
        } _: { stage in
            try await stage.expectAwards("processed 1200, created 1, ineligible 1198, failed 1")
            #expect(stage.log.lines(of: "page_done").count == 3)
            #expect(try await stage.certificates() == ["2200 P1 \(Self.now)"])
            #expect(stage.log.lines(of: "item_postponed").count == 1)
        }
    }

    @Test("a row that the database refuses fails alone; the others of its page get theirs", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.all([.course(1)])], mode: nil)
            for number in 1...9 {
                try session.insertLearner(20 + number, email: "learner\(number)@example.org")
                try session.insertProgramEnrollment(number, user: 20 + number, program: 1)
                try session.insertCompletion(user: 20 + number, run: 1)
            }
            switch session.dialect {
            case .postgres:
                try session.execute("ALTER TABLE courses_programcertificate ADD CHECK (user_id <> 26)")
            case .sqlite:
                try session.execute(
                    """
                    CREATE TRIGGER refusal BEFORE INSERT ON courses_programcertificate WHEN NEW.user_id = 26
                    BEGIN SELECT RAISE(ABORT, 'refused'); END
                    """)
            }
        } _: { stage in
            try await stage.expectAwards("processed 9, created 8, failed 1")
            #expect(try await stage.certificates().count == 8)
            #expect(try await stage.marks().count == 16)
        }
    }

    @Test(
        "a new program certificate brings those of programs that require it (the existing application waits a day)",
        arguments: Engine.allCases, [false, true])
    func chain(engine: Engine, isDryRun: Bool) async throws {
        try await withPrograms(engine) { session in
            for id in 1...3 { try session.insertProgram(id) }
            try session.insertRequirements([.all([.course(1)])], of: 3)
            try session.insertRequirements([.all([.program(3)])], of: 2)
            try session.insertRequirements([.all([.program(2)])], of: 1)
            for id in 1...3 { try session.insertProgramEnrollment(id, user: 11, program: id) }
            try session.insertCompletion(user: 11, run: 1)
        } _: { stage in
            let outcome = try await stage.run(isDryRun: isDryRun, numbers: .system) {
                try GenerateProgramCertificates($0)
            }
            #expect(outcome.counts == "processed 3, created 3")
            let count = try await stage.certificates().count
            #expect(count == (isDryRun ? 0 : 3))
            #expect(stage.told.all.count == (isDryRun ? 3 : 0))
        }
    }

    @Test("a forced certificate needs neither enrollment nor courses; an unforced one both", arguments: Engine.allCases)
    func forced(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: Self.both, mode: nil)
        } _: { stage in
            for (isForced, counts) in [(false, "processed 1, ineligible 1"), (true, "processed 1, created 1")] {
                let outcome = try await stage.run(isByHand: true) { resources in
                    try GenerateProgramCertificates(
                        resources, choice: .init(program: 1, user: 11, isForced: isForced))
                }
                #expect(outcome.counts == counts)
            }
            #expect(try await stage.certificates() == ["11 P1 \(Self.now)"])
            #expect(stage.log.lines(of: "not_enrolled_as_verified").count == 1)
        }
    }

    @Test("a page takes as many statements for one learner as for a hundred", arguments: Engine.allCases)
    func statements(engine: Engine) async throws {
        var counts: Set<Int> = []
        for number in [1, 100] {
            try await withPrograms(engine) { session in
                try session.insertProgram(1, requiring: Self.nested, mode: nil)
                for index in 1...number {
                    try session.insertLearner(20 + index, email: "learner\(index)@example.org")
                    try session.insertProgramEnrollment(index, user: 20 + index, program: 1)
                    try session.insertCompletion(user: 20 + index, run: 1)
                }
            } _: { stage in
                let before = await stage.database.statementCount
                try await stage.run(GenerateProgramCertificates.self)
                counts.insert(await stage.database.statementCount - before)
            }
        }
        #expect(counts.count == 1)
    }
}
