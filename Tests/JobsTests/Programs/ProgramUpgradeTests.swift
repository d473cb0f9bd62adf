import Bytes
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The upgrade of program enrollments (`spec/openedx.md` §10).
@Suite("Upgrade of program enrollments")
struct ProgramUpgradeTests {
    private static let electives: [Requirement] = [
        .all([.course(1), .course(2)]), .atLeast(1, [.course(3), .course(4)], isElective: true),
    ]

    @Test(
        "EDX-89 EDX-90 verified in what is required, with and without an elective", arguments: Engine.allCases,
        [true, false])
    func electives(engine: Engine, hasElective: Bool) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: Self.electives, mode: "audit")
            for run in hasElective ? [1, 2, 4] : [1, 2] {
                try session.insertEnrollment(run, user: 11, run: run, mode: "verified")
            }
        } _: { stage in
            let outcome = try await stage.run(UpgradeProgramEnrollments.self)
            #expect(outcome.counts == (hasElective ? "processed 1, upgraded 1" : "processed 1"))
            #expect(try await stage.programEnrollments() == ["11 P1 \(hasElective ? "verified" : "audit")"])
            let audits = try await stage.database.read { session in
                try session.rows(
                    "SELECT acting_user_id, data_before, data_after, call_stack FROM courses_programenrollmentaudit"
                ) { row in
                    let actor: Int? = try row["acting_user_id"]
                    let (before, after): (JSONValue, JSONValue) = (try row["data_before"], try row["data_after"])
                    let modes = [before, after].map { $0["enrollment_mode"]?.string ?? "-" }
                    let changed = after["updated_on"]?.string ?? "-"
                    return "\(actor.map { "\($0)" } ?? "nobody") \(modes) \(changed) \(try row["call_stack"] as String)"
                }
            }
            let line = #"nobody ["audit", "verified"] 2026-09-15T12:00:00Z job:upgrade-program-enrollments#1"#
            #expect(audits == (hasElective ? [line] : []))
        }
    }

    @Test(
        "EDX-91 only nested programs, and verified in none (the existing application upgrades everybody)",
        arguments: Engine.allCases)
    func nested(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(2, requiring: [.all([.course(1)])], mode: nil)
            try session.insertProgram(1, requiring: [.all([.program(2)])], mode: "audit")
            // Nor does an empty program upgrade anybody.
            try session.insertProgram(3, requiring: [.all([])], mode: "audit")
        } _: { stage in
            let outcome = try await stage.run(UpgradeProgramEnrollments.self)
            #expect(outcome.counts == "processed 2")
            #expect(try await stage.programEnrollments() == ["11 P1 audit", "11 P3 audit"])
        }
    }

    @Test("verified in a required program, and in what that became verified by", arguments: Engine.allCases)
    func chain(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(2)
            try session.insertProgram(1, requiring: [.all([.program(2)])], mode: "audit")
            try session.insertRequirements([.all([.course(1)])], of: 2)
            try session.insertProgramEnrollment(2, user: 11, program: 2, mode: "audit")
            try session.insertEnrollment(1, user: 11, run: 1, mode: "verified")
        } _: { stage in
            let outcome = try await stage.run(UpgradeProgramEnrollments.self)
            #expect(outcome.counts == "processed 2, upgraded 2")
            #expect(try await stage.programEnrollments() == ["11 P1 verified", "11 P2 verified"])
        }
    }

    @Test("who has a visible certificate is passed over; a revoked or later one is none", arguments: Engine.allCases)
    func certified(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            for id in 1...3 { try session.insertProgram(id, requiring: [.all([.course(1)])], mode: "audit") }
            try session.insertEnrollment(1, user: 11, run: 1, mode: "verified")
            try session.insertProgramCertificate(1, user: 11, program: 1)
            try session.insertProgramCertificate(2, user: 11, program: 2, isRevoked: true)
            try session.insertProgramCertificate(3, user: 11, program: 3, issued: "2026-09-16T00:00:00Z")
        } _: { stage in
            let outcome = try await stage.run(UpgradeProgramEnrollments.self)
            #expect(outcome.counts == "processed 2, upgraded 2")
        }
    }

    @Test(
        "a tree without a root fails its learners, and no others (in the existing application it stops the job)",
        arguments: Engine.allCases)
    func unusable(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1)
            try session.insertNode("00010001", "course", of: 1, course: 1)
            try session.insertProgramEnrollment(1, user: 11, program: 1, mode: "audit")
            try session.insertProgram(2, requiring: [.all([.course(1)])], mode: "audit")
            try session.insertEnrollment(1, user: 11, run: 1, mode: "verified")
        } _: { stage in
            let outcome = try await stage.run(UpgradeProgramEnrollments.self)
            #expect(outcome.counts == "processed 2, upgraded 1, failed 1")
            #expect(try await stage.programEnrollments() == ["11 P1 audit", "11 P2 verified"])
        }
    }
}
