import Command
import Store
import Support
import Testing

@testable import Jobs

/// The commands on learners as they are typed (`spec/openedx.md` §17); what their work is, ``OperatorUsersTests`` says.
@Suite("Commands on learners")
struct UserCommandTests {
    private static let retirer = [
        "OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_ID": "retirer",
        "OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_SECRET": Canary.clientSecret,
    ]
    private static let commands = [
        "repair-users", "repair-usernames", "regenerate-tokens", "update-profiles", "retire-users",
    ]

    @Test(
        "they say in one line what is missing",
        arguments: [
            ("regenerate-tokens", [], "choose learners: give --user"),
            ("retire-users", [], "choose learners: give --user"),
            ("update-profiles", [], "choose learners: give --user, or else --all"),
            ("update-profiles", ["--all", "--user", "11"], "choose learners: give --user, or else --all"),
            ("repair-users", ["--user", ","], "--user: , names nobody"),
        ] as [(String, [String], String)])
    func usage(command: String, options: [String], message: String) async throws {
        try await withProgramStage(.sqlite) { stage async throws in
            let program = try stage.program(Self.retirer)
            try await program.run([command, "--commit"] + options).expectFailure(64, command: command, message)
        }
    }

    @Test("a learner that there is not is a matter of data, and what was typed is not shown")
    func nobody() async throws {
        try await withProgramStage(.sqlite) { stage async throws in
            try await stage.prepareLearners(1)
            let program = try stage.program(Self.retirer)
            for command in Self.commands {
                try await program.run([command, "--commit", "--user", "11,\(Canary.email("nobody"))"]).expectFailure(
                    65, command: command, "--user: there is no learner of that kind (number 2 of the list)")
            }
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test("retire-users needs a client of its own")
    func noRetirer() async throws {
        try await withProgramStage(.sqlite) { stage async throws in
            try await stage.prepareLearners(1)
            let result = try await stage.program().run(["retire-users", "--commit", "--user", "11"])
            #expect(result.ending == .exit(78))
            #expect(result.log.count == 1)
            #expect(result.message?.contains("OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_ID") == true, "\(result.log)")
        }
    }

    @Test("without --commit each tells what it would do, and does nothing")
    func dry() async throws {
        try await withProgramStage(.sqlite) { stage async throws in
            try await stage.prepareLearners(1)
            let before = try await stage.dump()
            let program = try stage.program(Self.retirer)
            let learner = ["--user", Canary.username("l1")]
            for (command, options, output) in [
                ("repair-users", learner, "get tokens for the Open edX account of learner 11\nselected 1\n"),
                (
                    "repair-usernames", learner,
                    "nothing to do: no such learner has a name here and none at Open edX\n"
                ),
                ("regenerate-tokens", learner, "replace the tokens of learner 11\nselected 1\n"),
                ("update-profiles", ["--all"], "send the profile of learner 11\nselected 1\n"),
                ("retire-users", learner, "retire the Open edX account of learner 11\nselected 1\n"),
            ] {
                let result = try await program.run([command] + options)
                #expect(result.output == output, "\(command)")
                #expect(result.ending == .exit(0), "\(command)")
                #expect(result.log.count == 1, "\(command): \(result.log)")
            }
            #expect(try await stage.dump() == before)
            #expect(stage.lms.requestCount == 0)
        }
    }

    /// The existing command prints the tokens.
    @Test("with --commit they do it, and show neither tokens nor names", arguments: Engine.allCases)
    func commit(engine: Engine) async throws {
        try await withProgramStage(engine) { stage async throws in
            try await stage.prepareLearners(1)
            stage.lms.update { state in
                state.oauthClients["retirer"] = Canary.clientSecret
                state.retirementClients = ["retirer"]
            }
            stage.lms.openSiteSessions(
                of: stage.database, secretKey: Canary.environment["SECRET_KEY"] ?? "", time: .system, seconds: 10)
            let program = try stage.program(Self.retirer)
            let learner = ["--commit", "--user", "11"]
            func tokens() async throws -> String? {
                try await stage.database.read { session in try session.tokenLine(of: 11) }
            }
            let repair = try await program.run(["repair-users"] + learner)
            #expect(repair.output == "selected 1, tokens_created 1\n", "\(repair.log)")
            let first = try #require(try await tokens())
            let renewal = try await program.run(["regenerate-tokens"] + learner)
            #expect(renewal.output == "selected 1, tokens_created 1\n", "\(renewal.log)")
            let second = try #require(try await tokens())
            #expect(first != second)
            let update = try await program.run(["update-profiles"] + learner)
            #expect(update.output == "selected 1, profiles_updated 1\n", "\(update.log)")
            let retirement = try await program.run(["retire-users"] + learner)
            #expect(retirement.output == "selected 1, retired 1\n", "\(retirement.log)")
            for result in [repair, renewal, update, retirement] {
                for token in first.split(separator: " ").prefix(2) + second.split(separator: " ").prefix(2) {
                    #expect(!(result.output + result.errors).contains(token))
                }
            }
            try await stage.expectNoCanaryKept()
        }
    }

    @Test(
        "silenced, the timer's run ends well without any other setting; who starts it by hand is told what is missing")
    func silenced() async throws {
        try await withProgramStage(.sqlite) { stage async throws in
            try await stage.prepareLearners(1)
            let program = try stage.program([
                "DISABLE_USER_REPAIR_TASK": "true", "OPENEDX_API_BASE_URL": nil, "SECRET_KEY": nil,
                "OPENEDX_SERVICE_WORKER_API_TOKEN": nil,
            ])
            let run = try await program.run(["run", "repair-users"])
            #expect(run.ending == .exit(0))
            #expect(run.log.map { $0.contains("user_repair_disabled") } == [true, false])
            #expect(try await stage.ledger() == ["ok 0"])
            let byHand = try await program.run(["repair-users", "--commit"])
            #expect(byHand.ending == .exit(78))
            #expect(byHand.message?.contains("OPENEDX_API_BASE_URL") == true, "\(byHand.log)")
        }
    }
}
