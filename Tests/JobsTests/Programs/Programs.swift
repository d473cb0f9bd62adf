import Command
import Flows
import Records
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// Runs `body` with five courses, each with one run that can be taken verified; `fill` adds the programs.
func withPrograms(
    _ engine: Engine, _ fill: @Sendable (inout Session) throws -> Void, _ body: (JobStage) async throws -> Void
) async throws {
    try await withJobStage(engine) { stage in
        try await stage.write { session in
            try session.insertModes()
            for run in 1...5 {
                try session.insertRun(run, key: "course-v1:MITx+\(run)+3T2026")
                try session.insertMode(1, ofRun: run)
                if run != 5 { try session.insertMode(2, ofRun: run) }
            }
            try fill(&session)
        }
        try await body(stage)
    }
}

extension Session {
    /// A program with requirements, and the learner's enrollment in it, of the same id.
    mutating func insertProgram(
        _ id: Int, isPaid: Bool = true, requiring requirements: [Requirement], mode: String? = "verified"
    ) throws {
        try insertProgram(id, isPaid: isPaid)
        try insertRequirements(requirements, of: id)
        if let mode { try insertProgramEnrollment(id, user: JobStage.learner, program: id, mode: mode) }
    }
}

extension JobStage {
    func certificates() async throws -> [String] {
        try await database.read { session in try session.programCertificateLines() }
    }

    func programEnrollments() async throws -> [String] {
        try await database.read { session in try session.programEnrollmentLines() }
    }

    func marks() async throws -> [String] {
        try await database.read { session in try session.marks() }
    }

    /// Runs the job that issues certificates of courses, once Open edX says that the learner passed a run that they paid for; who
    /// is in run 1 has no grade there.
    func expectPass(inRun run: Int, _ counts: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for run in 1...5 { lms.add(LMSCourse("course-v1:MITx+\(run)+3T2026")) }
        lms.grade("ada_l", in: "course-v1:MITx+\(run)+3T2026", .good)
        try await write { session in
            try session.insertEnrollment(run, user: JobStage.learner, run: run, mode: "verified", edxEnrolled: true)
        }
        let outcome = try await self.run(numbers: .system) { try GenerateCertificates($0) }
        #expect(outcome.counts == counts && outcome.status == .done, sourceLocation: sourceLocation)
    }

    /// Runs the daily job and expects that it counts so.
    func expectAwards(_ counts: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        // The UUIDs must differ.
        let outcome = try await run(numbers: .system) { try GenerateProgramCertificates($0) }
        #expect(outcome.counts == counts, sourceLocation: sourceLocation)
    }
}
