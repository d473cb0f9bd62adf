import Bytes
import Services
import Store
import Support
import Testing
import Worker

@testable import Command
@testable import Flows
@testable import Jobs

/// What Open edX is told of learners who change (`spec/openedx.md` §5.7). The existing application tries once, and forgets.
@Suite("Profiles that change")
struct ProfileNoticeTests {
    private func propagation(_ stage: JobStage) throws -> ProfilePropagation {
        var settings = try stage.lms.settings()
        settings.serviceWorkerToken = Secret("sw-1")
        settings.secretKey = Secret("canary-secret-key")
        let client = OpenEdXClient(settings, over: stage.lms.transport(), time: stage.clock.source)
        let locks = LeaseLocks(in: stage.database, owner: "host/1", time: stage.clock.source, sleep: stage.clock.sleep)
        let tokens = LearnerTokens(
            database: stage.database, client: client, locks: locks, time: stage.clock.source, log: stage.log.log)
        return ProfilePropagation(
            database: stage.database, client: client, locks: locks, tokens: tokens, log: stage.log.log)
    }

    private func claim(_ stage: JobStage) async throws -> [Queue.Entry] {
        let now = stage.clock.now
        return try await stage.database.write { session in
            try Queue.outbox.claim(ProfileNotice.kind, limit: 10, for: .seconds(60), at: now, in: &session)
        }
    }

    private func finish(_ entry: Queue.Entry, _ stage: JobStage) async throws -> Bool {
        let now = stage.clock.now
        return try await stage.database.write { session in try Queue.outbox.finish(entry, at: now, in: &session) }
    }

    private func save(_ stage: JobStage, isNameNew: Bool = false) async throws {
        let now = stage.clock.now
        try await stage.write { session in
            try ProfileNotice.profileSaved(of: 11, isNameNew: isNameNew, at: now, in: &session)
        }
    }

    @Test(
        "a saved profile is told once, a new name as well, and what is sent is what is on record then",
        arguments: Engine.allCases)
    func saved(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            try await stage.completeAda()
            try await save(stage)
            try await save(stage, isNameNew: true)
            try await stage.write { session in
                try session.execute("UPDATE users_user SET name = 'Ada King' WHERE id = 11")
            }
            let entries = try await claim(stage)
            #expect(entries.map(\.key).sorted() == ["name:11", "profile:11"])
            for entry in entries {
                #expect(!"\(entry)".contains("Ada"), "no data of the learner waits there")
                try await propagation(stage).handle(entry)
                #expect(try await finish(entry, stage))
            }
            #expect(Set(stage.lms.effects) == [.profileChanged("ada_l"), .nameChanged("ada_l")])
            #expect(stage.lms.effects.count == 2)
            let known = stage.lms.state.profiles["ada_l"]
            #expect(known?["name"] == .string("Ada King"))
            #expect(known?["state"] == .string("MA"))
            #expect(known?["level_of_education"] == .string("p"))
            // A later change is a new one.
            try await save(stage)
            #expect(try await claim(stage).count == 1)
        }
    }

    @Test("a change while an earlier one is being told is told after it", arguments: Engine.allCases)
    func meanwhile(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            try await stage.completeAda()
            try await save(stage)
            let entry = try #require(try await claim(stage).first)
            stage.lms.before(.profileUpdate, pass: 1) { _ in
                try? await stage.write { session in
                    try session.execute("UPDATE users_user SET name = 'Ada King' WHERE id = 11")
                }
                try? await save(stage)
            }
            try await propagation(stage).handle(entry)
            #expect(stage.lms.state.profiles["ada_l"]?["name"] == .string("Ada Lovelace"))
            #expect(try await !finish(entry, stage))
            let again = try #require(try await claim(stage).first)
            try await propagation(stage).handle(again)
            #expect(try await finish(again, stage))
            #expect(stage.lms.state.profiles["ada_l"]?["name"] == .string("Ada King"))
        }
    }

    @Test(
        "whoever has no account is left out, with a line that says so", arguments: ProfileNotice.Subject.allCases,
        Engine.allCases)
    func unsynced(subject: ProfileNotice.Subject, engine: Engine) async throws {
        try await withJobStage(engine, isSynced: false) { stage async throws in
            #expect(try await propagation(stage).tell(ProfileNotice(subject, of: 11)) == .nobody)
            #expect(try await propagation(stage).tell(ProfileNotice(subject, of: 4711)) == .nobody)
            #expect(stage.lms.requestCount == 0)
            #expect(stage.log.lines(of: "open_edx_account_not_synced").count == 2)
        }
    }

    @Test("a new e-mail address is told by a sign-in, of which nothing is kept", arguments: Engine.allCases)
    func email(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.completeAda()
            let before = try await stage.database.read { session in try session.tokenLine(of: 11) }
            let now = stage.clock.now
            try await stage.write { session in try ProfileNotice.emailChanged(of: 11, at: now, in: &session) }
            let entry = try #require(try await claim(stage).first)
            try await propagation(stage).handle(entry)
            #expect(stage.lms.count(.loginComplete) == 1)
            #expect(stage.lms.count(.authorize) == 1)
            #expect(stage.lms.count(.codeExchange) == 0)
            #expect(try await stage.database.read { session in try session.tokenLine(of: 11) } == before)
            #expect(stage.lms.effects.isEmpty)
        }
    }

    @Test(
        "what fails is thrown, and the entry waits: for good only when Open edX refuses the profile",
        arguments: Engine.allCases)
    func fails(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            try await stage.completeAda()
            try await save(stage)
            let entry = try #require(try await claim(stage).first)
            let answers: [LMSFault] = [.status(503), .status(401), .refused, .html, .status(500)]
            for fault in answers {
                stage.lms.fault(fault, on: .profileUpdate)
                let error = await #expect(throws: ServiceError.self) { try await propagation(stage).handle(entry) }
                #expect(error?.disposition != .permanent)
            }
            stage.lms.update { $0.users = [LMSUser("other", email: "x@example.org")] }
            let gone = await #expect(throws: ServiceError.self) { try await propagation(stage).handle(entry) }
            #expect(gone.map { !"\($0)".contains("ada") } == true)
            let foreign = try await stage.database.write { [now = stage.clock.now] session in
                try Queue.outbox.add(
                    ProfileNotice.kind, key: "x", payload: .string("x"), due: now, at: now, in: &session)
                return try Queue.outbox.claim(ProfileNotice.kind, limit: 9, for: .seconds(9), at: now, in: &session)
            }
            for entry in foreign {
                await #expect(throws: QueueRejection.self) { try await propagation(stage).handle(entry) }
            }
            #expect(foreign.count == 1)
            let log = stage.log.text.lowercased()
            for datum in JobStage.usersCanaries { #expect(!log.contains(datum)) }
        }
    }
}
