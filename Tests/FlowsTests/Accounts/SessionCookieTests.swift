import Bytes
import Command
import Records
import Support
import Testing

@testable import Flows

@Suite("Session cookie") struct SessionCookieTests {
    /// What Django 5.2 makes of the same session with `signing.dumps(…, compress=False)` in the same second. It reads
    /// it back as a session.
    private static let golden = """
        eyJfYXV0aF91c2VyX2lkIjoiMTEiLCJfYXV0aF91c2VyX2JhY2tlbmQiOiJkamFuZ28uY29udHJpYi5hdXRoLmJhY2tlbmRzLk1vZGVsQmFja2\
        VuZCIsIl9hdXRoX3VzZXJfaGFzaCI6IjE4YWExMTU5YzE2YmQ0Mzc2MzlkOTMyNzExZjIwOWU1YmUwNjgyMmUwYzYyZmZlZjdkZDlkZjNjYTE5\
        NDYxMzAifQ:1x6RpQ:DCLQbbeVi7hPw0lzEzk0oRER9togn0GrwU-gdOe-qyE
        """

    @Test("is Django's, byte for byte", arguments: Engine.allCases)
    func value(_ engine: Engine) async throws {
        try await withDatabase(engine) { test in
            let learner = try await test.database.write { session in
                try session.insertLearner(
                    11, password: "pbkdf2_sha256$1000000$inventedsalt$aW52ZW50ZWQgaGFzaCBvZiBhIHBhc3N3b3Jk")
                return try session.learner(11)
            }
            let cookie = SessionCookie(secretKey: Secret("invented-secret-key-for-tests-0123456789"))
            let value = try cookie.value(for: #require(learner), at: #require(Timestamp("2026-09-15T12:00:00.25Z")))
            #expect(value.revealed == SessionCookieTests.golden)
            #expect("\(value)" == "[redacted]")
        }
    }
}
