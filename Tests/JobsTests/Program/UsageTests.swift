import Support
import Testing

@testable import Jobs

@Suite("A wrong command line or setting of mitxonline-jobs")
struct UsageTests {
    /// Whether the database exists does not matter to any of them.
    private static let database = ["--database", "sqlite:none"]

    @Test(
        "is named, with the nearest right word",
        arguments: [
            (
                [], nil,
                """
                a command is missing, one of: \(MITxOnlineJobs.program.subcommands.map(\.name).joined(separator: ", ")); \
                see 'mitxonline-jobs --help'
                """
            ),
            (["shwo"], nil, "unknown command 'shwo'; did you mean 'show'? See 'mitxonline-jobs --help'"),
            (["frobnicate"], nil, "unknown command 'frobnicate'; see 'mitxonline-jobs --help'"),
            (["show"], "show", "the argument JOB is missing; see 'mitxonline-jobs show --help'"),
            (["run"], "run", "the argument JOB is missing; see 'mitxonline-jobs run --help'"),
            (["requeue"], "requeue", "the argument JOB is missing; see 'mitxonline-jobs requeue --help'"),
            (
                ["show", "retry-enrolments"], "show",
                "JOB: retry-enrolments is no job; did you mean retry-enrollments?"
            ),
            (["run", "backup"], "run", "JOB: backup is no job; 'mitxonline-jobs list' shows them"),
            (["dead-letters", "x"], "dead-letters", "JOB: x is no job; 'mitxonline-jobs list' shows them"),
            (["run", "retry-enrollments", "--limit", "0"], "run", "--limit: 0 is not at least 1"),
            (
                ["run", "retry-enrollments", "--dryrun"], "run",
                "unknown option '--dryrun'; did you mean '--dry-run'? See 'mitxonline-jobs run --help'"
            ),
            (
                ["run", "retry-enrollments"], "run",
                "database is not set: give --database URL or set DATABASE_URL"
            ),
            (
                ["run", "retry-enrollments", "--lease", "0s"] + database, "run",
                "--lease: 0s is not between 1s and 1d"
            ),
            (["requeue", "retry-enrollments"] + database, "requeue", "give the KEY of one item, or --all"),
            (
                ["requeue", "retry-enrollments", "enrollment:1", "--all"] + database, "requeue",
                "give the KEY of one item, or --all"
            ),
            (
                ["retry-enrollments"] + database, "retry-enrollments",
                "choose enrollments: give --user, --run or both"
            ),
            (
                ["retry-enrollments", "--force", "--commit"] + database, "retry-enrollments",
                "choose enrollments: give --user, --run or both"
            ),
            (
                ["reset-retries", "--only-exhausted"] + database, "reset-retries",
                "choose enrollments: give --user, --run or both, or else --all"
            ),
            (
                ["reset-retries", "--all", "--user", "11"] + database, "reset-retries",
                "choose enrollments: give --user, --run or both, or else --all"
            ),
        ] as [([String], String?, String)])
    func words(arguments: [String], command: String?, message: String) async throws {
        try await JobsProgram().run(arguments).expectFailure(64, command: command, message)
    }

    @Test(
        "that chooses nobody does not choose everybody",
        arguments: [("", "''"), (",", ","), (" , ", "' , '")])
    func nobody(list: String, shown: String) async throws {
        for command in ["retry-enrollments", "reset-retries"] {
            try await JobsProgram().run([command, "--user", list, "--commit"] + Self.database)
                .expectFailure(64, command: command, "--user: \(shown) names nobody")
            try await JobsProgram().run([command, "--run", "", "--commit"] + Self.database)
                .expectFailure(64, command: command, "--run: '' is no key of a course run")
        }
    }

    @Test("shows no address that is in the wrong place")
    func misplaced() async throws {
        let email = Canary.email("ada")
        let program = try JobsProgram()
        try await program.run([email]).expectFailure(
            64, command: nil, "unknown command '…'; see 'mitxonline-jobs --help'")
        try await program.run(["run", email]).expectFailure(
            64, command: "run", "JOB: … is no job; 'mitxonline-jobs list' shows them")
        try await program.run(["reset-retries", email]).expectFailure(
            64, command: "reset-retries", "unexpected argument '…'; see 'mitxonline-jobs reset-retries --help'")
        try await program.run(["run", "retry-enrollments", "--limit", email]).expectFailure(
            64, command: "run", "--limit: … is not a whole number")
    }

    @Test(
        "a learner, run or dead letter that there is not is a matter of data, and what was typed is not shown",
        arguments: Engine.allCases)
    func unknown(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(1)
            let program = try stage.program()
            let nobody = "--user: there is no learner of that kind (number 2 of the list)"
            for command in ["retry-enrollments", "reset-retries"] {
                for name in ["\(Canary.word)@example.com", Canary.username("nobody"), "4711", "99999999999999999999"] {
                    try await program.run([command, "--user", "11,\(name)", "--commit"])
                        .expectFailure(65, command: command, nobody)
                }
                try await program.run([command, "--run", "\(Canary.word)@example.com"])
                    .expectFailure(65, command: command, "--run: there is no course run with that key")
            }
            try await program.run(["requeue", "retry-enrollments", Canary.email("l1")]).expectFailure(
                65, command: "requeue",
                "KEY is no dead letter of retry-enrollments; 'dead-letters retry-enrollments' lists them")
        }
    }
}
