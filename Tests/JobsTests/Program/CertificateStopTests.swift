import Foundation
import Support
import Testing

@Suite("generate-certificates that is to stop")
struct CertificateStopTests {
    @Test(
        "EDX-107 SIGTERM during the third page: it is written, the program ends with 0 within 20 s, and the next start resumes at that run",
        .timeLimit(.minutes(20)), arguments: Engine.allCases)
    func terminated(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await prepare(stage)
            let gate = Gate()
            stage.lms.before(.grades) { request in
                if request.path.contains("+2+"), request.target.contains("200") { await gate.pass() }
            }
            let first = try await stage.program().run(["run", "generate-certificates", "--limit", "1"])
            #expect(first.ending == .exit(0), "\(first.errors)")
            var program = try stage.program().start(["run", "generate-certificates"])
            await gate.holds(1)
            program.send(SIGTERM)
            #expect(await program.waits(forErrorWith: #""event":"stopping""#))
            gate.open()
            let start = ContinuousClock.now
            let result = await program.finish()
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(result.ending == .exit(0))
            #expect(try await stage.ledger() == ["ok 0", "stopped 0"])
            let certificate = try await stage.database.read { session in try session.certificate(of: 11, in: 2) }
            #expect(certificate != nil, "the learner is on the third page")
            let calls = stage.lms.count(.grades)
            let next = try await stage.program().run(["run", "generate-certificates", "--limit", "1"])
            #expect(next.ending == .exit(0), "\(next.errors)")
            let requested = stage.lms.received.suffix(stage.lms.count(.grades) - calls)
            #expect(requested.count == 4)
            #expect(requested.allSatisfy { $0.path.contains("+2+") })
        }
    }

    @Test(
        "SIGTERM while Open edX does not answer: the call, which only asks, is given up in time",
        .timeLimit(.minutes(20)))
    func silent() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await prepare(stage)
            let gate = Gate()
            stage.lms.before(.grades) { _ in await gate.pass() }
            let program = try stage.program().start(["run", "generate-certificates"])
            await gate.holds(1)
            program.send(SIGTERM)
            let start = ContinuousClock.now
            let result = await program.finish()
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(result.ending == .exit(0))
            #expect(try await stage.ledger() == ["stopped 0"])
            gate.open()
        }
    }

    /// Runs 1 to 3, of which the second has four pages; the one learner whom MITx Online knows is on its third.
    private func prepare(_ stage: ProgramStage) async throws {
        try await stage.write { session in
            try session.insertLearner(11)
            try session.insertAccount(of: 11, "ada_l", isSynced: true)
            for run in 1...3 {
                if run > 1 { try session.insertRun(run, key: "course-v1:MITx+\(run)+3T2026") }
                try session.insertEnrollment(run, user: 11, run: run, mode: "verified")
            }
        }
        for run in 2...3 { stage.lms.add(LMSCourse("course-v1:MITx+\(run)+3T2026")) }
        stage.lms.update { state in
            state.gradeBooks["course-v1:MITx+2+3T2026"] = LMSGradeBook(count: 400) { index in
                (index == 250 ? "ada_l" : "stranger_\(index)", .good)
            }
        }
    }
}
