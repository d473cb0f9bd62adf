import Bytes
import Flows
import Store
import Support
import Testing

/// The webhook that tells who teaches a run (`spec/openedx.md` §12.2).
@Suite("Enrollment webhook")
struct EnrollmentWebhookTests {
    private static func set(_ stage: WebhookStage, _ change: SQL) async throws {
        try await stage.grades.write { session in
            _ = try session.execute("UPDATE courses_courserunenrollment SET \(sql: change) WHERE id = 1")
        }
    }

    private static func line(_ stage: WebhookStage, _ id: Int = 1) async throws -> String? {
        try await stage.database.read { session in try session.enrollmentLine(id) }
    }

    @Test(
        "EDX-99 a learner is known in any letter case, enrolled once for audit, and Open edX is not asked",
        arguments: Engine.allCases)
    func new(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            try await stage.grades.write { session in try session.insertRun(2, key: "course-v1:MITx+8.01+3T2026") }
            let body = #"{"email": "ADA@EXAMPLE.ORG", "course_id": "course-v1:MITx+8.01+3T2026", "role": "staff"}"#
            let first = try await stage.answer(.enrollment, body)
            #expect(first.status == 201)
            #expect(first.field("Content-Type") == "application/json")
            let document = try JSONValue(parsing: first.body)
            let id = try #require(document["enrollment_id"]?.int)
            #expect(
                first.line == """
                    201 {"message":"Enrollment successful","enrollment_id":\(id),"active":true,"edx_enrolled":true}
                    """)
            #expect(try await Self.line(stage, id) == "active audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollments() == [2, 1])
            stage.clock.advance(by: .seconds(60))
            let second = try await stage.answer(.enrollment, body)
            #expect(second.status == 200)
            #expect(second.body == first.body)
            #expect(try await Self.line(stage, id) == "active audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollments() == [2, 1])
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test("EDX-100 who had left comes back, in the mode there was", arguments: Engine.allCases)
    func reactivated(engine: Engine) async throws {
        try await withWebhookStage(engine, active: false) { stage async throws in
            try await Self.set(stage, "change_status = 'unenrolled'")
            let answer = try await stage.answer(.enrollment)
            #expect(
                answer.line == """
                    200 {"message":"Enrollment successful","enrollment_id":1,"active":true,"edx_enrolled":true}
                    """)
            #expect(try await Self.line(stage) == "active verified edx 0 2026-09-15T12:00:00Z")
            let audits = try await stage.database.read { session in try session.enrollmentAudits(1) }
            #expect(audits.count == 1)
            #expect(stage.lms.requestCount == 0)
        }
    }

    // The existing application gives whoever got the money back the verified mode again.
    @Test(
        "who got the money back, or moved on, comes back for audit alone", arguments: Engine.allCases,
        ["refunded", "deferred"])
    func unpaid(engine: Engine, status: String) async throws {
        try await withWebhookStage(engine, active: false) { stage async throws in
            try await Self.set(stage, "change_status = \(status)")
            #expect(try await stage.answer(.enrollment).status == 200)
            #expect(try await Self.line(stage) == "active audit edx 0 2026-09-15T12:00:00Z")
        }
    }

    @Test("an enrollment that Open edX did not have is known to be there, once", arguments: Engine.allCases)
    func notThere(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            try await Self.set(stage, "edx_enrolled = \(false)")
            for _ in 1...2 { #expect(try await stage.answer(.enrollment).status == 200) }
            #expect(try await Self.line(stage) == "active verified edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollments() == [1, 1])
        }
    }

    // The existing application answers 400, which hides the reason.
    @Test("what the database does not take is answered with 503, and nothing of it stays", arguments: Engine.allCases)
    func failed(engine: Engine) async throws {
        try await withWebhookStage(engine, active: false) { stage async throws in
            try await stage.grades.write { session in
                _ = try session.execute("ALTER TABLE courses_courserunenrollmentaudit RENAME TO elsewhere")
            }
            let answer = try await stage.answer(.enrollment)
            #expect(answer.line == #"503 {"error":"Failed to create enrollment"}"#)
            #expect(try await Self.line(stage)?.hasPrefix("inactive verified edx") == true)
            #expect(stage.log.lines(of: "webhook_failed").count == 1)
            #expect(!stage.log.text.contains("ada"))
        }
    }
}
