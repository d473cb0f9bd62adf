import Bytes
import Flows
import Store
import Support
import Testing
import Worker

/// The e-mails of courses (`spec/openedx.md` §6.7).
@Suite("E-mails of courses")
struct MailSettingsTests {
    private static func prepare(_ stage: RetryStage, mails: Bool) async throws {
        try await stage.addToken()
        stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
        try await stage.write { session in
            try session.insertEnrollment(1, user: 11, run: 1, edxEnrolled: true)
            try session.execute("UPDATE courses_courserunenrollment SET edx_emails_subscription = \(mails)")
        }
    }

    @Test(
        "EDX-48 an LMS that does not unsubscribe is answered with false, and the column is true",
        arguments: Engine.allCases)
    func notDone(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage, mails: false)
            stage.lms.update { $0.refusesMailSettings = true }
            let answer = try await stage.changes().receiveMails(false, of: 1)
            #expect(answer.status == 200)
            #expect(answer.body == .bool(false))
            #expect(try await stage.enrollment() == "active audit edx mails 0 2026-09-15T12:00:00Z")
            let body = try #require(stage.lms.received.last?.json)
            #expect(body["receive_emails"] == nil)
            #expect(body["course_id"]?.string == RetryStage.run)
        }
    }

    @Test("what the LMS did is in the column", arguments: Engine.allCases)
    func done(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage, mails: true)
            let off = try await stage.changes().receiveMails(false, of: 1)
            #expect(off.body == .bool(true))
            #expect(try await stage.enrollment() == "active audit edx 0 2026-09-15T12:00:00Z")
            let on = try await stage.changes().receiveMails(true, of: 1)
            #expect(on.body == .bool(true))
            #expect(try await stage.enrollment() == "active audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(
                stage.lms.effects == [
                    .mailsChanged("ada_l", run: RetryStage.run, isOn: false),
                    .mailsChanged("ada_l", run: RetryStage.run, isOn: true),
                ])
        }
    }

    @Test("an error of the LMS is a 502, one of the token a 400, and the column stays", arguments: Engine.allCases)
    func failed(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage, mails: false)
            stage.lms.fault(.status(500), on: .mailSettings, times: .max)
            // The existing application takes the answer for a no.
            let refused = try await stage.changes().receiveMails(false, of: 1)
            #expect(refused.status == 502)
            #expect(refused.body?["detail"]?.string == "Open edX unavailable")
            stage.lms.heal()
            stage.clock.advance(by: .seconds(7 * 86_400))
            stage.lms.fault(.status(401), on: .tokenRefresh, times: .max)
            let noToken = try await stage.changes().receiveMails(false, of: 1)
            #expect(noToken.status == 400)
            #expect(try await stage.enrollment() == "active audit edx 0 2026-09-14T00:00:00Z")
            let none = try await stage.changes().receiveMails(false, of: 9)
            #expect(none.status == 404)
        }
    }

    @Test("an entry waits until the LMS has the enrollment, and is left alone when the learner left again")
    func entry() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.addToken()
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1) }
            let payload = JSONValue.object([JSONValue.Member(key: "enrollment", value: .number("1"))])
            let now = stage.clock.now
            let entries = try await stage.database.write { session in
                try Queue.outbox.add(
                    MailSubscription.kind, key: "enrollment:1", payload: payload, due: now, at: now, in: &session)
                return try Queue.outbox.claim(MailSubscription.kind, limit: 1, for: .seconds(60), at: now, in: &session)
            }
            let entry = try #require(entries.first)
            let changes = try stage.changes()
            await #expect(throws: (any Error).self) { try await changes.subscribe(entry) }
            try await stage.write { session in
                try session.execute("UPDATE courses_courserunenrollment SET active = \(false)")
            }
            try await changes.subscribe(entry)
            #expect(stage.lms.requestCount == 0)
        }
    }
}
