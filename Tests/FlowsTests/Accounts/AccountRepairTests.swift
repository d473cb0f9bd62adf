import Bytes
import Services
import Store
import Testing
import Worker

@testable import Flows
@testable import Records
@testable import Support

@Suite("Account repair") struct AccountRepairTests {
    /// A learner of whom nothing is on record.
    @Sendable static func unknown(_ session: inout Session) throws {
        try session.insertLearner(11)
    }

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

    /// The same learner, registered and with a token that is good for an hour.
    @Sendable static func synced(_ session: inout Session) throws {
        try session.insertLearner(11)
        try session.insertAccount(of: 11, "ada_l", desired: "ada_l", isSynced: true)
        try session.insertTokens(of: 11, expiry: "2026-09-15T13:00:00Z")
    }

    /// Every registration finds the name taken by somebody else.
    private func takeEveryName(_ stage: AccountStage) {
        stage.lms.before(.registration) { request in
            let name = request.field("username") ?? ""
            stage.lms.add(LMSUser(name, email: "\(name)@example.com"))
        }
    }

    @Test("An account is registered under a name that is on record during the request", arguments: Engine.allCases)
    func creates(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.unknown) { stage async throws in
            let database = stage.database
            let seen = LogLinesInMemory()
            stage.lms.before(.registration) { request in
                let tokens: SQL = "SELECT token, expires, scope, user_id FROM oauth2_provider_accesstoken"
                let rows = try? await database.read { session in
                    try session.rows(tokens) { row in
                        let (token, scope): (String, String) = (try row["token"], try row["scope"])
                        let (user, expiry): (Int, Timestamp) = (try row["user_id"], try row["expires"])
                        return "\(token) \(scope) \(user) \(expiry)"
                    }
                }
                let token = request.field("access_token") ?? ""
                #expect(token.wholeMatch(of: /[A-Za-z0-9]{30}/) != nil)
                #expect(rows == ["\(token)  11 \(AccountStage.noon.adding(seconds: 1000 * 3600))"])
                seen.log.info("seen")
            }
            let outcome = try await stage.repair.repair(11)
            #expect(seen.events("seen") == 1)
            #expect(outcome == .created(username: "ada-lovelace"))
            #expect(try await stage.account() == "ada-lovelace (wish ada-lovelace) synced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
            #expect(stage.lms.effects == [.accountCreated("ada-lovelace", email: "ada@example.org")])
            #expect(stage.journal == ["registration ada-lovelace"])
            #expect(await stage.locks.history == ["user:11"])
        }
    }

    @Test("A registration is four transactions of nine statements", arguments: Engine.allCases)
    func statements(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            let before = stage.database.counts
            _ = try await stage.repair.repair(11)
            let after = stage.database.counts
            #expect(after.reads - before.reads == 2)
            #expect(after.writes - before.writes == 2)
            #expect(after.statements - before.statements == 9)
        }
    }

    @Test(
        "EDX-11 a taken name is replaced by the first suggestion that nobody has on record", arguments: Engine.allCases)
    func suggestion(_ engine: Engine) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try AccountRepairTests.jeff(&session)
            try session.insertLearner(12, email: "other@example.org")
            // Letter case does not tell names apart.
            try session.insertAccount(of: 12, "JEFF_8", isSynced: true)
        }
        try await withStage(engine, prepare) { stage async throws in
            stage.transport.answer { request in
                guard request.field("username") == "jeff" else { return nil }
                return .json(
                    .members([
                        "error_code": .string("duplicate-username"),
                        "username_suggestions": .array([.string("jeff_8"), .string("jeff_12")]),
                    ]), status: 409)
            }
            #expect(try await stage.repair.repair(11) == .created(username: "jeff_12"))
            #expect(stage.journal == ["registration jeff", "registration jeff_12"])
            #expect(try await stage.account() == "jeff_12 (wish jeff) synced")
            #expect(try await stage.account(of: 12) == "JEFF_8 (wish -) synced")
        }
    }

    @Test(
        "EDX-12 names that are all taken end after ten requests, with the error on record", arguments: Engine.allCases)
    func endless(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            var stage = stage
            stage.random = .system
            stage.lms.update { $0.suggestsUsernames = false }
            takeEveryName(stage)
            #expect(try await stage.repair.repair(11) == .refused(.registration(reason: "duplicate-username")))
            #expect(stage.journal.count == 10)
            #expect(Set(stage.journal).count == 10, "no name is tried twice")
            #expect(stage.journal.first == "registration jeff")
            let line = try #require(try await stage.account())
            #expect(line.hasSuffix("(wish jeff) unsynced error duplicate-username"), "\(line)")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("Suggestions that are taken too end after four requests", arguments: Engine.allCases)
    func endlessSuggestions(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            takeEveryName(stage)
            #expect(try await stage.repair.repair(11) == .refused(.registration(reason: "duplicate-username")))
            #expect(stage.journal == ["jeff", "jeff_1", "jeff_1_1", "jeff_1_1_1"].map { "registration \($0)" })
            #expect(try await stage.account() == "jeff_1_1_1 (wish jeff) unsynced error duplicate-username")
        }
    }

    @Test("EDX-13 an address that another platform's account holds is freed once", arguments: Engine.allCases)
    func freed(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            stage.lms.add(LMSUser("platform", email: "ada@example.org", isLTIMade: true))
            #expect(try await stage.repair.repair(11) == .created(username: "jeff"))
            #expect(
                stage.journal == [
                    "registration jeff", "accounts ada@example.org", "LTI fix ada@example.org", "registration jeff",
                ])
            #expect(
                stage.lms.effects == [
                    .ltiFreed(email: "ada@example.org"), .accountCreated("jeff", email: "ada@example.org"),
                ])
            #expect(try await stage.account() == "jeff (wish jeff) synced")
        }
    }

    @Test("An address that is held again after it was freed is an error on record", arguments: Engine.allCases)
    func freedInVain(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            stage.lms.before(.registration) { _ in
                stage.lms.add(LMSUser("platform", email: "ada@example.org", isLTIMade: true))
            }
            #expect(try await stage.repair.repair(11) == .refused(.registration(reason: "duplicate-email")))
            #expect(stage.lms.count(.ltiFix) == 1)
            #expect(stage.lms.count(.registration) == 2)
        }
    }

    @Test(
        "EDX-14 an address that cannot be freed is an error on record, and the job leaves the learner alone",
        arguments: Engine.allCases)
    func notFreed(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            func selected() async throws -> [Int] {
                try await stage.database.read { session in
                    try session.learnersToRepair(createdBefore: AccountStage.noon, after: 0, limit: 10).map(\.id)
                }
            }
            #expect(try await selected() == [11])
            stage.lms.add(LMSUser("somebody", email: "ada@example.org"))
            stage.lms.fault(.status(404), on: .ltiFix)
            #expect(try await stage.repair.repair(11) == .refused(.registration(reason: "duplicate-email")))
            #expect(stage.lms.count(.registration) == 1)
            #expect(stage.lms.count(.ltiFix) == 1)
            #expect(try await stage.account() == "jeff (wish jeff) unsynced error duplicate-email")
            #expect(try await selected() == [])
            // An error on record does not stop an attempt that is asked for, and is forgotten by a success.
            stage.lms.update { $0.users = [] }
            #expect(try await stage.repair.repair(11) == .created(username: "jeff"))
            #expect(try await stage.account() == "jeff (wish jeff) synced")
        }
    }

    @Test("A failure to free the address is not charged to the learner", arguments: Engine.allCases)
    func freeingFails(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            stage.lms.add(LMSUser("platform", email: "ada@example.org", isLTIMade: true))
            stage.lms.fault(.status(401), on: .ltiFix)
            let error = await stage.failure { try await stage.repair.repair(11) }
            #expect(error?.disposition == .systemic)
            #expect(try await stage.account() == "jeff (wish jeff) unsynced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test(
        "EDX-15 an outage is temporary and leaves no error on record", arguments: Engine.allCases,
        [LMSFault.status(503), .status(500), .throttled(retryAfter: nil), .refused, .status(403), .status(401), .html])
    func outage(_ engine: Engine, _ fault: LMSFault) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            stage.lms.fault(fault, on: .registration)
            let error = await stage.failure { try await stage.repair.repair(11) }
            switch error?.disposition {
            case .temporary, .unavailable: break
            default: Issue.record("\(fault) is \(String(describing: error?.disposition))")
            }
            #expect(try await stage.account() == "jeff (wish jeff) unsynced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test(
        "EDX-16 an account whose registration was answered to nobody is recognised by the next run",
        arguments: Engine.allCases, [LMSFault.lost, .resetAfterApplying, .statusAfterApplying(504)])
    func lostAnswer(_ engine: Engine, _ fault: LMSFault) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            var stage = stage
            stage.random = .system
            stage.lms.fault(fault, on: .registration)
            let error = await stage.failure { try await stage.repair.repair(11) }
            #expect(error?.mayHaveHappened == true)
            #expect(try await stage.count("oauth2_provider_accesstoken") == 1, "Open edX may still ask")
            #expect(try await stage.repair.repair(11) == .present(username: "jeff"))
            #expect(stage.lms.effects == [.accountCreated("jeff", email: "ada@example.org")])
            #expect(try await stage.account() == "jeff (wish jeff) synced")
        }
    }

    @Test("EDX-16 an account that an interrupted run registered is recognised", arguments: Engine.allCases)
    func recovered(_ engine: Engine) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try session.insertLearner(11)
            // It came from a suggestion: the wish is not what was registered.
            try session.insertAccount(of: 11, "jeff_12", desired: "jeff", hasSyncError: true)
        }
        try await withStage(engine, prepare) { stage async throws in
            stage.lms.add(LMSUser("jeff_12", email: "ADA@example.org"))
            #expect(try await stage.repair.repair(11) == .present(username: "jeff_12"))
            #expect(stage.journal == ["registration jeff_12", "accounts ada@example.org"])
            #expect(try await stage.account() == "jeff_12 (wish jeff) synced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test(
        "An account of the same address under another name is not taken for the learner's", arguments: Engine.allCases)
    func otherName(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.named) { stage async throws in
            stage.lms.add(LMSUser("Jeff", email: "ada@example.org"))
            #expect(try await stage.repair.repair(11) == .refused(.registration(reason: "duplicate-email-username")))
            #expect(try await stage.account() == "jeff (wish jeff) unsynced error duplicate-email-username")
        }
    }

    @Test("When accounts may not be looked up, the answer counts as it is", arguments: Engine.allCases)
    func lookUpRefused(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            stage.lms.update { $0.isServiceWorkerStaff = false }
            stage.lms.before(.registration) { _ in
                stage.lms.add(LMSUser("platform", email: "ada@example.org", isLTIMade: true))
            }
            #expect(try await stage.repair.repair(11) == .refused(.registration(reason: "duplicate-email")))
            #expect(stage.lms.count(.accountSearch) == 1)
            #expect(stage.logged.events("account_lookup_refused") == 1)
        }
    }

    @Test("When accounts cannot be looked up, nothing is decided", arguments: Engine.allCases)
    func lookUpFails(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.named) { stage async throws in
            stage.lms.add(LMSUser("jeff", email: "ada@example.org"))
            stage.lms.fault(.lost, on: .accountSearch)
            _ = await stage.failure { try await stage.repair.repair(11) }
            #expect(try await stage.account() == "jeff (wish jeff) unsynced")
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
        }
    }

    @Test("A refusal for bad input is on record", arguments: Engine.allCases)
    func badInput(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            stage.transport.answer { _ in
                .json(.members(["error_code": .string("validation-error")]), status: 400)
            }
            #expect(try await stage.repair.repair(11) == .refused(.registration(reason: "refused")))
            #expect(try await stage.account() == "jeff (wish jeff) unsynced error validation-error")
        }
    }

    @Test("EDX-17 an account that exists is left alone", arguments: Engine.allCases)
    func exists(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.synced) { stage async throws in
            stage.lms.add(LMSUser("ada_l", email: "ada@example.org"))
            stage.lms.update { $0.accessTokens["at-1"] = "ada_l" }
            #expect(try await stage.repair.repair(11) == .present(username: "ada_l"))
            #expect(stage.journal == ["own info"])
            #expect(try await stage.count("oauth2_provider_accesstoken") == 0)
            #expect(stage.database.counts.writes == 0)
            #expect(await stage.locks.history == [])
        }
    }

    @Test(
        "EDX-18 a state without a country code is left out", arguments: Engine.allCases,
        [("Massachusetts", nil), ("US-MA", "MA"), (nil, nil)])
    func state(_ engine: Engine, _ state: (stored: String?, sent: String?)) async throws {
        let stored = state.stored
        let prepare: @Sendable (inout Session) throws -> Void = { try $0.insertLearner(11, state: stored) }
        try await withStage(engine, prepare) { stage async throws in
            #expect(try await stage.repair.repair(11) == .created(username: "ada-lovelace"))
            let request = try #require(stage.lms.received.first)
            #expect(request.field("state") == state.sent)
            #expect(request.field("country") == "US")
            #expect(request.field("gender") == "o")
            #expect(request.field("year_of_birth") == "1985")
            #expect(request.field("level_of_education") == "p")
        }
    }
}
