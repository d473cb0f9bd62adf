import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The three jobs of programs, dead at each pass of each point of the engine.
@Suite("Jobs of programs that die")
struct ProgramDeathTests {
    private static func fill(_ session: inout Session) throws {
        for id in 1...3 { try session.insertProgram(id) }
        try session.insertRequirements([.all([.course(1)])], of: 3)
        try session.insertRequirements([.all([.program(3)])], of: 2)
        try session.insertRequirements([.all([.program(2)])], of: 1)
        for number in 1...2 {
            let user = 20 + number
            try session.insertLearner(user, email: "learner\(number)@example.org")
            for id in 1...3 {
                let mode = number == 1 ? "verified" : "audit"
                try session.insertProgramEnrollment(10 * number + id, user: user, program: id, mode: mode)
            }
            try session.insertCompletion(user: user, run: 1)
        }
    }

    private static func state(_ stage: JobStage) async throws -> [String] {
        try await stage.database.read { session in
            // A number that an undone transaction took is not given again.
            let marks = try session.marks().map { $0.replacing(/^program_certificate \d+/, with: "certificate") }
            return try session.programCertificateLines() + session.programEnrollmentLines() + marks
                + ["\(session.count("courses_programenrollmentaudit")) audit rows"]
        }
    }

    /// Runs the three jobs; of a run that ends before its time, the next does the rest.
    private static func run(_ stage: JobStage, _ death: Death) async throws {
        try await attempt(stage, death) { try UpgradeProgramEnrollments($0) }
        try await attempt(stage, death) { try GenerateProgramCertificates($0) }
        try await attempt(stage, death) { try CheckRequirementTrees($0) }
    }

    private static func attempt<J: ConfiguredJob>(
        _ stage: JobStage, _ death: Death, _ make: (JobResources) throws -> J
    ) async throws {
        let wasDead = death.isDead
        guard !wasDead else {
            try await stage.run("host/3", numbers: .system, make)
            return
        }
        do {
            try await stage.run(checkpoint: death.pass, numbers: .system, make)
        } catch  where death.isDead {
            // The dead cannot give their lease back.
            stage.clock.advance(by: .seconds(300))
            try await stage.run("host/2", numbers: .system, make)
        }
    }

    @Test("the next run does the rest, and nothing twice", arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        var expected: [String] = []
        try await withPrograms(engine, Self.fill) { stage in
            try await Self.run(stage, Death(at: nil))
            expected = try await Self.state(stage)
        }
        #expect(expected.count { $0.hasPrefix("2") && $0.contains("Z") } == 6, "\(expected)")
        var deaths = 0
        for point in EnginePoints.all {
            for pass in 1...20 {
                let death = Death(at: point, pass: pass)
                try await withPrograms(engine, Self.fill) { stage in
                    try await Self.run(stage, death)
                    let state = try await Self.state(stage).map { $0.replacing("12:05:00", with: "12:00:00") }
                    #expect(state == expected, "\(point) \(pass)")
                }
                guard death.isDead else { break }
                deaths += 1
            }
        }
        #expect(deaths > 12, "\(deaths)")
    }

    @Test("the check tells what to edit, and changes nothing", arguments: Engine.allCases)
    func check(engine: Engine) async throws {
        try await withPrograms(engine) { session in
            try session.insertProgram(1, requiring: [.atLeast(3, [.course(1)])], mode: nil)
        } _: { stage in
            let outcome = try await stage.run(CheckRequirementTrees.self)
            #expect(outcome.counts == "programs 1, findings 1")
            #expect(outcome.status == .done)
            let line = try #require(stage.log.lines(of: "requirements_doubtful").first)
            #expect(line["finding"]?.string == "impossible_number")
            #expect(line["readable_id"]?.string == "program-v1:MITx+P1")
            #expect(line["node"] != nil)
            #expect(line["remedy"]?.string == "lower operator_value or add items")
        }
    }
}
