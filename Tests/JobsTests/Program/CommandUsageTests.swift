import Store
import Support
import Testing

/// Commands that are told too little, or of something that there is not.
@Suite("A wrong option of an operator's command")
struct CommandUsageTests {
    private static let run = ProgramStage.run
    private static let nobody = "--user: there is no learner of that kind (number 2 of the list)"
    private static let noRun = "--run: there is no course run with that key"
    private static let noProgram = "--program: there is no program with that id or key"
    /// What might be typed in the wrong place, and what is shown nowhere.
    private static let stranger = "\(Canary.word)@example.com"

    /// One line that says what, where and what to do, nothing printed, and nothing changed.
    private func expect(
        _ status: Int32, _ rows: [(words: [String], message: String)], environment: [String: String?] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertCanary(11, "l1", isSynced: true)
                try session.insertModes()
                try session.insertProgram(1)
                try session.insertCourseCertificate(701, user: 11, run: 1)
            }
            let program = try stage.program(environment)
            let before = try await stage.dump()
            for row in rows {
                try await program.run(row.words, sourceLocation: sourceLocation)
                    .expectFailure(status, command: row.words[0], row.message, sourceLocation: sourceLocation)
            }
            #expect(try await stage.dump() == before, sourceLocation: sourceLocation)
            #expect(stage.lms.requestCount == 0, sourceLocation: sourceLocation)
        }
    }

    @Test("64: what to give is said", .timeLimit(.minutes(20)))
    func missing() async throws {
        let runs = "choose course runs: give --run or --all"
        let one = "choose certificates: give one of --course, --run and --program"
        let either = "choose a certificate: give either --run or --program"
        try await expect(
            64,
            [
                (["enroll-learners", "--user", "11", "--commit"], "choose a course run: give --run"),
                (["enroll-learners", "--run", Self.run, "--commit"], "choose learners: give --user"),
                (["unenroll-learner", "--run", Self.run, "--commit"], "choose learners: give --user"),
                (["defer-enrollment", "--user", "11", "--commit"], "choose a course run: give --from"),
                (["sync-enrollments", "--commit"], "choose learners: give --user"),
                (["import-enrollments", "--commit"], "choose a course run: give --run"),
                (["generate-certificates", "--commit"], "choose a course run: give --run"),
                (["generate-program-certificates", "--commit"], "choose a program: give --program"),
                (["revoke-certificates", "--user", "11", "--commit"], either),
                (["restore-certificates", "--user", "11", "--run", Self.run, "--program", "1", "--commit"], either),
                (["revoke-certificates", "--run", Self.run, "--commit"], "choose a learner: give --user"),
                (["sync-course-runs", "--commit"], runs), (["sync-upgrade-deadlines", "--commit"], runs),
                (["check-course-modes", "--all", "--run", Self.run, "--commit"], runs),
                (["import-course-run", "--commit"], "choose course runs: give --run"),
                (["clone-course-run", "--run", Self.run, "--commit"], "choose the course runs: give --run and --base"),
                (["issue-credentials", "--commit"], "choose certificates: give --certificate"),
                (
                    ["issue-credentials", "--certificate", "x", "--commit"],
                    "--certificate: x holds something else than UUIDs"
                ),
                (["update-certificate-revisions", "--commit"], one),
                (["update-certificate-revisions", "--course", "c", "--program", "1", "--commit"], one),
                (["render-certificates"], "output is not set: give --output PATH or set MITXONLINE_OUTPUT"),
            ])
    }

    @Test("65: that there is no such learner, run, program or certificate is said, and not what was typed")
    func unknown() async throws {
        let noOne = "--user: there is no learner of that kind"
        try await expect(
            65,
            [
                (["enroll-learners", "--run", Self.run, "--user", "11,\(Self.stranger)", "--commit"], Self.nobody),
                (["unenroll-learner", "--run", Self.run, "--user", "11,\(Self.stranger)", "--commit"], Self.nobody),
                (["defer-enrollment", "--from", Self.run, "--user", "11,\(Self.stranger)", "--commit"], Self.nobody),
                (["sync-enrollments", "--user", "11,\(Self.stranger)", "--commit"], Self.nobody),
                (["revoke-certificates", "--run", Self.run, "--user", Self.stranger, "--commit"], noOne),
                (["upgrade-program-enrollments", "--user", Self.stranger, "--commit"], noOne),
                (["render-certificates", "--output", "none", "--user", Self.stranger], noOne),
                (["enroll-learners", "--user", "11", "--run", Self.stranger, "--commit"], Self.noRun),
                (["unenroll-learner", "--user", "11", "--run", Self.stranger, "--commit"], Self.noRun),
                (
                    ["defer-enrollment", "--user", "11", "--from", Self.run, "--to", Self.stranger, "--commit"],
                    "--to: there is no course run with that key"
                ),
                (["import-enrollments", "--run", Self.stranger, "--commit"], Self.noRun),
                (["revoke-certificates", "--user", "11", "--run", Self.stranger, "--commit"], Self.noRun),
                (["update-certificate-revisions", "--run", Self.stranger, "--commit"], Self.noRun),
                (
                    ["update-certificate-revisions", "--course", Self.stranger, "--commit"],
                    "--course: there is no course with that key"
                ),
                (
                    ["update-certificate-revisions", "--run", Self.run, "--commit"],
                    "the course has no live certificate page, so that there is no revision to show; publish one"
                ),
                (
                    ["clone-course-run", "--run", "course-v1:a+b+c", "--base", Self.run, "--commit"], Self.noRun
                ),
                (
                    ["clone-course-run", "--run", Self.stranger, "--base", Self.run, "--commit"],
                    "--run: that is not the key of a course run, such as course-v1:MITx+6.00x+3T2026"
                ),
                (
                    ["clone-course-run", "--run", Self.run, "--base", Self.run, "--commit"],
                    "--run and --base name the same course run, which cannot be a copy of itself"
                ),
                (["restore-certificates", "--user", "11", "--program", Self.stranger, "--commit"], Self.noProgram),
                (["upgrade-program-enrollments", "--program", Self.stranger, "--commit"], Self.noProgram),
                (["generate-program-certificates", "--program", "4711", "--commit"], Self.noProgram),
                (["check-requirement-trees", "--program", Self.stranger], Self.noProgram),
                (
                    ["revoke-certificates", "--user", "11", "--program", "1", "--commit"],
                    "learner 11 has no certificate of that program"
                ),
                (
                    ["issue-credentials", "--certificate", "00000000-0000-4000-8000-000000000001", "--commit"],
                    "--certificate: there is no certificate with that UUID (number 1 of the list)"
                ),
            ])
    }

    @Test("78: a setting that is missing is named")
    func configuration() async throws {
        let token = "OPENEDX_SERVICE_WORKER_API_TOKEN is not set: set it, or provide the credential of that name"
        try await expect(
            78,
            [
                (
                    ["issue-credentials", "--certificate", "5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11", "--commit"],
                    "VERIFIABLE_CREDENTIAL_SIGNER_URL is not set, so that nothing can be signed: set it"
                ),
                (["enroll-learners", "--user", "11", "--run", Self.run, "--commit"], token),
                (["generate-certificates", "--run", Self.run, "--commit"], token),
                (["sync-course-runs", "--run", Self.run, "--commit"], token),
            ], environment: ["OPENEDX_SERVICE_WORKER_API_TOKEN": nil])
    }
}
