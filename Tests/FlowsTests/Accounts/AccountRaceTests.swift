import Bytes
import Services
import Store
import Support
import Testing
import Worker

@testable import Flows
@testable import Records

@Suite("Account repair among others") struct AccountRaceTests {
    @Test("An account that has vanished is registered again", arguments: Engine.allCases)
    func vanished(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.synced) { stage async throws in
            #expect(try await stage.repair.repair(11) == .created(username: "ada_l"))
            #expect(stage.journal == ["own info", "registration ada_l"])
            #expect(try await stage.account() == "ada_l (wish ada_l) synced")
        }
    }

    @Test(
        "An account that has vanished is not taken for synced when it cannot be registered", arguments: Engine.allCases)
    func vanishedInOutage(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.synced) { stage async throws in
            stage.lms.fault(.status(503), on: .registration)
            _ = await stage.failure { try await stage.repair.repair(11) }
            #expect(try await stage.account() == "ada_l (wish ada_l) unsynced")
        }
    }

    @Test("A token that Open edX has forgotten does not cost the learner the account", arguments: Engine.allCases)
    func forgottenToken(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.synced) { stage async throws in
            stage.lms.add(LMSUser("ada_l", email: "ada@example.org"))
            #expect(try await stage.repair.repair(11) == .present(username: "ada_l"))
            #expect(stage.journal == ["own info", "registration ada_l", "accounts ada@example.org"])
            #expect(try await stage.account() == "ada_l (wish ada_l) synced")
            #expect(stage.lms.effects == [])
        }
    }

    @Test("A vanished account that another process has dealt with meanwhile is left alone", arguments: Engine.allCases)
    func vanishedMeanwhile(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.synced) { stage async throws in
            let database = stage.database
            stage.lms.before(.ownInfo) { _ in
                _ = try? await database.write { session in
                    try session.setOpenEdXUsername("ada_9", of: 11, at: AccountStage.noon)
                    _ = try session.markOpenEdXAccountSynced(of: 11, username: "ada_9", at: AccountStage.noon)
                }
            }
            #expect(try await stage.repair.repair(11) == .present(username: "ada_9"))
            #expect(stage.journal == ["own info"])
        }
    }

    @Test(
        "Whether an account exists may be unknown, and nothing is done then", arguments: Engine.allCases,
        [LMSFault.status(500), .status(403), .lost, .throttled(retryAfter: nil)])
    func unknown(_ engine: Engine, _ fault: LMSFault) async throws {
        try await withStage(engine, AccountRepairTests.synced) { stage async throws in
            stage.lms.fault(fault, on: .ownInfo)
            _ = await stage.failure { try await stage.repair.repair(11) }
            #expect(stage.journal == ["own info"])
            #expect(try await stage.account() == "ada_l (wish ada_l) synced")
        }
    }

    @Test("A learner whom another process works on is left for later", arguments: Engine.allCases)
    func busy(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            try await stage.locks.holding(UserLock.name(of: 11), wait: .zero) { () async throws in
                await #expect(throws: LockBusy("user:11")) { try await stage.repair.repair(11) }
                #expect(stage.journal == [])
                // Who holds the lock already says so.
                #expect(try await stage.repair.repair(11, holdsLock: true) == .created(username: "jeff"))
            }
        }
    }

    @Test("The lock is free after every end", arguments: Engine.allCases)
    func freed(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            stage.lms.fault(.status(503), on: .registration)
            _ = await stage.failure { try await stage.repair.repair(11) }
            #expect(try await stage.repair.repair(11) == .created(username: "jeff"))
            #expect(await stage.locks.history == ["user:11", "user:11"])
        }
    }

    @Test("Without the OAuth application nobody can be registered, and nothing is changed", arguments: Engine.allCases)
    func noApplication(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            try await stage.write { try $0.execute("DELETE FROM oauth2_provider_application") }
            let error = await stage.failure { try await stage.repair.repair(11) }
            #expect(error?.disposition == .systemic)
            #expect(error?.mayHaveHappened == false)
            #expect(try await stage.account() == "- (wish jeff) unsynced")
            #expect(stage.journal == [])
        }
    }

    @Test("A learner who does not exist has no account", arguments: Engine.allCases)
    func noLearner(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            #expect(try await stage.repair.repair(404) == .refused(.noLearner))
            #expect(stage.journal == [])
        }
    }

    @Test("When every variant is taken there is no account, and no row", arguments: Engine.allCases)
    func noName(_ engine: Engine) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try session.insertLearner(11, name: "Ada")
            let names = ["ADA", "ada_7", "ada_10", "ada_100", "ada_1000", "ada_10000"]
            for (index, name) in names.enumerated() {
                try session.insertLearner(20 + index, email: "\(index)@example.org")
                try session.insertAccount(of: 20 + index, name, isSynced: true)
            }
        }
        try await withStage(engine, prepare) { stage async throws in
            #expect(try await stage.repair.repair(11) == .refused(.noUsername))
            #expect(stage.journal == [])
            #expect(try await stage.account() == nil)
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("A name that another learner gets in the same moment is replaced by a variant")
    func sameMoment() async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try AccountRepairTests.jeff(&session)
            try session.insertLearner(12, email: "other@example.org")
        }
        try await withStage(.postgres, prepare) { stage async throws in
            let (taken, signal) = AsyncStream<Void>.makeStream()
            let other = try Database(stage.locator)
            let taking = Task {
                try await other.write { session in
                    try session.setOpenEdXUsername("jeff", of: 12, at: AccountStage.noon)
                    signal.finish()
                    // Until somebody waits for the end of this transaction.
                    let waiting: SQL = """
                        SELECT count(*) AS n FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))
                        """
                    for _ in 0..<20_000 {
                        let count: Int? = try session.first(waiting) { row in try row["n"] }
                        if count != 0 { return true }
                    }
                    return false
                }
            }
            for await _ in taken {}
            #expect(try await stage.repair.repair(11) == .created(username: "jeff_7"))
            #expect(try await taking.value, "the two met")
            #expect(try await stage.account(of: 12) == "jeff (wish jeff) unsynced")
        }
    }

    @Test("A name on record that Open edX would refuse is spelled anew", arguments: Engine.allCases)
    func respelled(_ engine: Engine) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try session.insertLearner(11)
            try session.insertAccount(of: 11, "josé", desired: "josé")
        }
        try await withStage(engine, prepare) { stage async throws in
            #expect(try await stage.repair.repair(11) == .created(username: "jose"))
            #expect(try await stage.account() == "jose (wish josé) synced")
        }
    }

    @Test("An e-mail address on record is never registered as a name", arguments: Engine.allCases)
    func addressAsName(_ engine: Engine) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try session.insertLearner(11)
            try session.insertAccount(of: 11, "ada@example.org", desired: "ada@example.org")
        }
        try await withStage(engine, prepare) { stage async throws in
            #expect(try await stage.repair.repair(11) == .created(username: "ada-lovelace"))
        }
    }

    @Test("A wish at sign-up counts while none is on record", arguments: Engine.allCases)
    func wish(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.unknown) { stage async throws in
            #expect(try await stage.repair.repair(11, desired: "countess") == .created(username: "countess"))
            #expect(try await stage.account() == "countess (wish countess) synced")
        }
    }

    @Test("An older row without a wish gets the name on record as one", arguments: Engine.allCases)
    func noWish(_ engine: Engine) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try session.insertLearner(11)
            try session.insertAccount(of: 11, "countess")
        }
        try await withStage(engine, prepare) { stage async throws in
            stage.lms.add(LMSUser("countess", email: "other@example.com"))
            stage.lms.update { $0.suggestsUsernames = false }
            #expect(try await stage.repair.repair(11) == .created(username: "countess_7"))
            #expect(try await stage.account() == "countess_7 (wish countess) synced")
        }
    }

    @Test("A name that was changed during the request is not marked", arguments: Engine.allCases)
    func renamedMeanwhile(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            let database = stage.database
            stage.lms.onUserInfo { _ in
                _ = try? await database.write { session in
                    try session.setOpenEdXUsername("other", of: 11, at: AccountStage.noon)
                }
                return "jeff"
            }
            let error = await stage.failure { try await stage.repair.repair(11) }
            #expect(error?.disposition == .temporary)
            #expect(try await stage.account() == "other (wish jeff) unsynced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("EDX-19 who is repaired", arguments: Engine.allCases)
    func selection(_ engine: Engine) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            let old = "2026-09-15T11:00:00Z"
            try session.insertLearner(1, email: "a@example.org", createdOn: "2026-09-15T11:58:00Z")
            try session.insertLearner(2, email: "b@example.org", createdOn: old)
            try session.insertLearner(3, email: "c@example.org", createdOn: old)
            try session.insertLearner(4, email: "d@example.org", lastLogin: nil, createdOn: old)
            try session.insertLearner(5, email: "e@example.org", isActive: false, createdOn: old)
            try session.insertLearner(6, email: "f@example.org", createdOn: old)
            for user in 1...5 { try session.insertAccount(of: user, nil, isSynced: true, hasSyncError: user == 3) }
            try session.insertAccount(of: 6, "f", isSynced: true)
            try session.insertTokens(of: 6, expiry: nil)
        }
        try await withStage(engine, prepare) { stage async throws in
            let start = AccountStage.noon.adding(seconds: -300)
            let page = try await stage.database.read { session in
                [
                    try session.learnersToRepair(createdBefore: start, after: 0, limit: 200),
                    try session.learnersToRepair(createdBefore: start, after: 2, limit: 200),
                ]
            }
            #expect(page.map { $0.map(\.id) } == [[2], []])
        }
    }
}
