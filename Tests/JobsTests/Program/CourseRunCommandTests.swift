import Store
import Support
import Testing

/// What operators do to course runs (`spec/openedx.md` §17), with the built program.
@Suite("Commands for course runs, with the built program")
struct CourseRunCommandTests {
    private static let viewer = ["OPENEDX_SERVICE_WORKER_USERNAME": "login_service_user"] as [String: String?]
    private static let clone = "course-v1:MITx+6.00x+1T2027"

    @Test(
        "sync-course-runs, sync-upgrade-deadlines and check-course-modes are dry without --commit, and once is enough")
    func sync() async throws {
        try await withProgramStage(.sqlite) { stage in
            let deadline = "2030-01-10T00:00:00Z"
            try await stage.write { session in try session.insertModes() }
            stage.lms.update { state in
                state.courses[ProgramStage.run]?.facts.name = "Another title"
                state.courses[ProgramStage.run]?.modeDetails["verified"] = LMSMode("Verified", expiration: deadline)
            }
            let unchanged = "selected 1, unchanged 1\n"
            try await stage.expect(
                ["sync-course-runs", "--run", ProgramStage.run], environment: Self.viewer,
                would: "update run \(ProgramStage.run)\nselected 1, updated 1\n", did: "selected 1, updated 1\n",
                again: unchanged)
            try await stage.expect(
                ["sync-upgrade-deadlines", "--run", ProgramStage.run],
                would: "update the modes or the upgrade deadline of run \(ProgramStage.run)\nselected 1, updated 1\n",
                did: "selected 1, updated 1\n", again: unchanged)
            let line = try await stage.database.read { session in try session.courseRunLine(1) }
            #expect(line?.hasPrefix("Another title") == true)
            #expect(line?.contains("upgrade=2030-01-10") == true)
            stage.lms.update { $0.courses[ProgramStage.run]?.modes = ["audit"] }
            try await stage.write { session in try session.execute("DELETE FROM courses_courserun_enrollment_modes") }
            try await stage.expect(
                ["check-course-modes", "--run", ProgramStage.run],
                would: """
                    update the modes or the upgrade deadline of run \(ProgramStage.run)
                    create the mode verified of run \(ProgramStage.run)
                    selected 1, updated 1

                    """, did: "selected 1, updated 1\n", again: unchanged)
            #expect(stage.lms.state.courses[ProgramStage.run]?.modes == ["audit", "verified"])
        }
    }

    @Test("import-course-run adds a run of Open edX, and refuses it when it is here already")
    func addition() async throws {
        try await withProgramStage(.sqlite) { stage in
            stage.lms.add(LMSCourse(Self.clone))
            try await stage.expect(
                ["import-course-run", "--run", Self.clone, "--course", "course-v1:MITx+1"], environment: Self.viewer,
                would: "add run \(Self.clone) to course course-v1:MITx+1\nselected 1, added 1\n",
                did: "selected 1, added 1\n", again: "selected 1, failed 1\n", status: 3
            )
        }
    }

    @Test("clone-course-run queues a clone, once while it waits")
    func cloning() async throws {
        try await withProgramStage(.sqlite) { stage in
            let words = ["clone-course-run", "--run", ProgramStage.run, "--base", Self.clone]
            try await stage.expect(
                words, would: "would clone \(Self.clone) to \(ProgramStage.run); --commit does it\n",
                did: "queued the clone of \(Self.clone) to \(ProgramStage.run)\n",
                again: "a clone to \(ProgramStage.run) waits already\n")
        }
    }
}
