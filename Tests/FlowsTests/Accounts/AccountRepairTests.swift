import Bytes
import Services
import Store
import Support
import Testing
import Worker

@testable import Flows
@testable import Records

@Suite("Account repair") struct AccountRepairTests {
    /// A learner whose wish `jeff` is not registered yet.
    @Sendable static func jeff(_ session: inout Session) throws {
        try session.insertLearner(11)
        try session.insertAccount(of: 11, nil, desired: "jeff")
    }

    /// The same after a run that gave the name.
    @Sendable static func named(_ session: inout Session) throws {
        try session.insertLearner(11)
        try session.insertAccount(of: 11, "jeff", desired: "jeff")
    }

    @Test("An account is registered under a name that is on record during the request", arguments: Engine.allCases)
    func creates(_ engine: Engine) async throws {
        try await withStage(engine, { try $0.insertLearner(11) }) { stage async throws in
            let database = stage.database
            let during = LogLinesInMemory()
            await stage.lms.duringRegistration {
                let (line, tokens) = try await database.read { session in
                    let tokens: SQL = """
                        SELECT token, token_checksum, expires, scope, user_id FROM oauth2_provider_accesstoken
                        """
                    return (
                        try session.accountLine(of: 11),
                        try session.rows(tokens) { row in
                            let (token, sum): (String, String) = (try row["token"], try row["token_checksum"])
                            #expect(sum == SHA256.hash(token.utf8).hex)
                            #expect(token.wholeMatch(of: /[A-Za-z0-9]{30}/) != nil)
                            let (scope, user, expiry): (String, Int, Timestamp) =
                                (try row["scope"], try row["user_id"], try row["expires"])
                            #expect(scope == "" && user == 11)
                            #expect(expiry == AccountStage.noon.adding(seconds: 1000 * 3600))
                            return token
                        }
                    )
                }
                #expect(line == "ada-lovelace (wish ada-lovelace) unsynced")
                #expect(tokens.count == 1)
                during.log.info("seen")
            }
            let outcome = try await stage.repair.repair(11)
            #expect(during.events("seen") == 1)
            #expect(outcome == .created(username: "ada-lovelace"))
            #expect(try await stage.account() == "ada-lovelace (wish ada-lovelace) synced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
            #expect(await stage.lms.journal == ["register ada-lovelace"])
            #expect(await stage.locks.history == ["user:11"])
            #expect(await stage.lms.tokensSeen.allSatisfy { $0.revealed.count == 30 })
        }
    }

    @Test("A registration is five transactions, however large the tables", arguments: Engine.allCases)
    func statements(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            let before = stage.database.counts
            _ = try await stage.repair.repair(11)
            let after = stage.database.counts
            #expect(after.reads - before.reads == 2)
            #expect(after.writes - before.writes == 2)
            #expect(after.statements - before.statements <= 9)
        }
    }

    @Test(
        "EDX-11 a taken name is replaced by the first suggestion that nobody has on record", arguments: Engine.allCases)
    func suggestion(_ engine: Engine) async throws {
        try await withStage(
            engine,
            { session in
                try AccountRepairTests.jeff(&session)
                try session.insertLearner(12, email: "other@example.org")
                // Letter case does not tell names apart.
                try session.insertAccount(of: 12, "JEFF_8", isSynced: true)
            },
            { stage async throws in
                await stage.lms.script(.refuse(409, "duplicate-username", suggestions: ["jeff_8", "jeff_12"]))
                #expect(try await stage.repair.repair(11) == .created(username: "jeff_12"))
                #expect(await stage.lms.journal == ["register jeff", "register jeff_12"])
                #expect(try await stage.account() == "jeff_12 (wish jeff) synced")
                #expect(try await stage.account(of: 12) == "JEFF_8 (wish -) synced")
            })
    }

    @Test(
        "EDX-12 names that are all taken end after ten requests, with the error on record", arguments: Engine.allCases)
    func endless(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            var stage = stage
            stage.random = .system
            await stage.lms.repeatFault(.refuse(409, "duplicate-username"))
            let outcome = try await stage.repair.repair(11)
            #expect(outcome == .refused(.registration(status: 409, code: "duplicate-username")))
            let journal = await stage.lms.journal
            #expect(journal.count == 10)
            #expect(Set(journal).count == 10, "no name is tried twice")
            #expect(journal.first == "register jeff")
            let line = try #require(try await stage.account())
            #expect(line.hasSuffix("(wish jeff) unsynced error duplicate-username"), "\(line)")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("Suggestions that are taken too end after four requests", arguments: Engine.allCases)
    func endlessSuggestions(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.repeatFault(
                .refuse(409, "duplicate-username", suggestions: ["jeff_1", "jeff_2", "jeff_3", "jeff_4", "jeff_5"]))
            let outcome = try await stage.repair.repair(11)
            #expect(outcome == .refused(.registration(status: 409, code: "duplicate-username")))
            #expect(await stage.lms.journal == ["jeff", "jeff_1", "jeff_2", "jeff_3"].map { "register \($0)" })
            #expect(try await stage.account() == "jeff_3 (wish jeff) unsynced error duplicate-username")
        }
    }

    @Test("EDX-13 an address that another platform's account holds is freed once", arguments: Engine.allCases)
    func freed(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.set(freeing: .success(true))
            await stage.lms.script(.refuse(409, "duplicate-email"))
            #expect(try await stage.repair.repair(11) == .created(username: "jeff"))
            #expect(
                await stage.lms.journal
                    == ["register jeff", "accounts ada@example.org", "free ada@example.org", "register jeff"])
            #expect(try await stage.account() == "jeff (wish jeff) synced")
        }
    }

    @Test("An address that is still held after it was freed is an error on record", arguments: Engine.allCases)
    func freedInVain(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.set(freeing: .success(true))
            await stage.lms.repeatFault(.refuse(409, "duplicate-email"))
            #expect(try await stage.repair.repair(11) == .refused(.registration(status: 409, code: "duplicate-email")))
            #expect(await stage.lms.journal.count { $0.hasPrefix("free") } == 1)
            #expect(await stage.lms.journal.count { $0.hasPrefix("register") } == 2)
        }
    }

    @Test(
        "EDX-14 an address that cannot be freed is an error on record, and the job leaves the learner alone",
        arguments: Engine.allCases)
    func notFreed(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            let selected = { @Sendable () async throws -> [Int] in
                try await stage.database.read { session in
                    try session.learnersToRepair(createdBefore: AccountStage.noon, after: 0, limit: 10)
                }
            }
            #expect(try await selected() == [11])
            await stage.lms.script(.refuse(409, "duplicate-email"))
            #expect(try await stage.repair.repair(11) == .refused(.registration(status: 409, code: "duplicate-email")))
            #expect(await stage.lms.journal.count { $0.hasPrefix("register") } == 1)
            #expect(try await stage.account() == "jeff (wish jeff) unsynced error duplicate-email")
            #expect(try await selected() == [])
            // An error on record does not stop an attempt that is asked for, and is forgotten by a success.
            #expect(try await stage.repair.repair(11) == .created(username: "jeff"))
            #expect(try await stage.account() == "jeff (wish jeff) synced")
        }
    }

    @Test("A failure to free the address is not charged to the learner", arguments: Engine.allCases)
    func freeingFails(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.set(freeing: .failure(StubLMS.error(401, .systemic)))
            await stage.lms.script(.refuse(409, "duplicate-email"))
            let error = await #expect(throws: ServiceError.self) { try await stage.repair.repair(11) }
            #expect(error?.disposition == .systemic)
            #expect(try await stage.account() == "jeff (wish jeff) unsynced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("EDX-15 an outage is temporary and leaves no error on record", arguments: Engine.allCases)
    func outage(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.script(.fail(StubLMS.error(503, .unavailable(retryAfter: nil), mayHaveHappened: true)))
            let error = await #expect(throws: ServiceError.self) { try await stage.repair.repair(11) }
            #expect(error?.disposition == .unavailable(retryAfter: nil))
            #expect(try await stage.account() == "jeff (wish jeff) unsynced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("A refusal of the token is no fault of the learner's", arguments: Engine.allCases)
    func notAllowed(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.script(.fail(StubLMS.error(403, .temporary)))
            await #expect(throws: ServiceError.self) { try await stage.repair.repair(11) }
            #expect(try await stage.account() == "jeff (wish jeff) unsynced")
        }
    }

    @Test("The token stays while Open edX may still ask who the learner is", arguments: Engine.allCases)
    func lostAnswer(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            var stage = stage
            stage.random = .system
            await stage.lms.script(.loseAnswer)
            await #expect(throws: ServiceError.self) { try await stage.repair.repair(11) }
            #expect(try await stage.count("oauth2_provider_accesstoken") == 1)
            // The next run finds that the account is the learner's own.
            #expect(try await stage.repair.repair(11) == .present(username: "jeff"))
            #expect(await stage.lms.accounts.count == 1)
            #expect(try await stage.account() == "jeff (wish jeff) synced")
        }
    }

    @Test("EDX-16 an account that an interrupted run registered is recognised", arguments: Engine.allCases)
    func recovered(_ engine: Engine) async throws {
        try await withStage(
            engine,
            { session in
                try session.insertLearner(11)
                // It came from a suggestion: the wish is not what was registered.
                try session.insertAccount(of: 11, "jeff_12", desired: "jeff")
            },
            { stage async throws in
                await stage.lms.add("jeff_12", "ADA@example.org")
                await stage.lms.script(.refuse(409, "duplicate-email-username"))
                #expect(try await stage.repair.repair(11) == .present(username: "jeff_12"))
                #expect(await stage.lms.journal == ["register jeff_12", "accounts ada@example.org"])
                #expect(try await stage.account() == "jeff_12 (wish jeff) synced")
                #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
            })
    }

    @Test(
        "An account of the same address under another name is not taken for the learner's", arguments: Engine.allCases)
    func otherName(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.named) { stage async throws in
            await stage.lms.add("Jeff", "ada@example.org")
            let outcome = try await stage.repair.repair(11)
            #expect(outcome == .refused(.registration(status: 409, code: "duplicate-email-username")))
            #expect(try await stage.account() == "jeff (wish jeff) unsynced error duplicate-email-username")
        }
    }

    @Test("When accounts may not be looked up, the answer counts as it is", arguments: Engine.allCases)
    func lookUpRefused(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.set(lookUpError: StubLMS.error(403, .temporary), freeing: .success(true))
            await stage.lms.repeatFault(.refuse(409, "duplicate-email"))
            #expect(try await stage.repair.repair(11) == .refused(.registration(status: 409, code: "duplicate-email")))
            #expect(await stage.lms.journal.count { $0.hasPrefix("accounts") } == 1)
            #expect(stage.logged.events("account_lookup_refused") == 1)
        }
    }

    @Test("When accounts cannot be looked up, nothing is decided", arguments: Engine.allCases)
    func lookUpFails(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.named) { stage async throws in
            await stage.lms.add("jeff", "ada@example.org")
            await stage.lms.set(lookUpError: StubLMS.error(503, .unavailable(retryAfter: nil)))
            await #expect(throws: ServiceError.self) { try await stage.repair.repair(11) }
            #expect(try await stage.account() == "jeff (wish jeff) unsynced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("A refusal for bad input is on record", arguments: Engine.allCases)
    func badInput(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            await stage.lms.script(.refuse(400, nil))
            #expect(try await stage.repair.repair(11) == .refused(.registration(status: 400, code: nil)))
            #expect(try await stage.account() == "jeff (wish jeff) unsynced error ?")
        }
    }

    @Test("EDX-17 an account that exists is left alone", arguments: Engine.allCases)
    func exists(_ engine: Engine) async throws {
        try await withStage(
            engine,
            { session in
                try session.insertLearner(11)
                try session.insertAccount(of: 11, "ada_l", desired: "ada_l", isSynced: true)
                try session.insertTokens(of: 11, expiry: "2026-09-15T13:00:00Z")
            },
            { stage async throws in
                #expect(try await stage.repair.repair(11) == .present(username: "ada_l"))
                #expect(await stage.lms.journal == ["own account"])
                #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
                #expect(stage.database.counts.writes == 0)
                #expect(await stage.locks.history == [])
            })
    }

    @Test("An account that has vanished is registered again", arguments: Engine.allCases)
    func vanished(_ engine: Engine) async throws {
        try await withStage(
            engine,
            { session in
                try session.insertLearner(11)
                try session.insertAccount(of: 11, "ada_l", desired: "ada_l", isSynced: true)
                try session.insertTokens(of: 11, expiry: "2026-09-15T13:00:00Z")
            },
            { stage async throws in
                await stage.lms.set(existence: .success(false))
                #expect(try await stage.repair.repair(11) == .created(username: "ada_l"))
                #expect(await stage.lms.journal == ["own account", "register ada_l"])
                #expect(try await stage.account() == "ada_l (wish ada_l) synced")
            })
    }

    @Test("Whether an account exists may be unknown, and nothing is done then", arguments: Engine.allCases)
    func unknown(_ engine: Engine) async throws {
        try await withStage(
            engine,
            { session in
                try session.insertLearner(11)
                try session.insertAccount(of: 11, "ada_l", isSynced: true)
                try session.insertTokens(of: 11, expiry: "2026-09-15T13:00:00Z")
            },
            { stage async throws in
                await stage.lms.set(existence: .failure(StubLMS.error(500, .temporary)))
                await #expect(throws: ServiceError.self) { try await stage.repair.repair(11) }
                #expect(await stage.lms.journal == ["own account"])
                #expect(try await stage.account() == "ada_l (wish -) synced")
            })
    }
}
