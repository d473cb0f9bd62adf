import Bytes
import Flows
import Store
import Support
import Testing

/// Who may send webhooks, and what they must say (`spec/openedx.md` §12.1).
@Suite("Webhooks: access and contents")
struct WebhookAccessTests {
    private static let unauthorized = #"401 {"detail":"Authentication credentials were not provided."}"#
    private static let forbidden = #"403 {"detail":"You do not have permission to perform this action."}"#

    /// Tokens that are not good enough.
    private func addTokens(_ stage: WebhookStage) async throws {
        try await stage.grades.write { session in
            try session.insertAccessToken("expired", of: 90, expires: "2026-09-15T12:00:00Z")
            try session.insertSender(91, token: "learner", isStaff: false)
            try session.insertSender(92, token: "retired", isActive: false)
            try session.insertAccessToken("nobody's", of: nil)
        }
    }

    // The existing application lets whoever is not active any more send on.
    @Test(
        "EDX-97 without a good token the answer is 401, with one that is not of the staff 403, and nothing happens",
        arguments: Engine.allCases, WebhookRoute.allCases)
    func refused(engine: Engine, route: WebhookRoute) async throws {
        try await withWebhookStage(engine) { stage async throws in
            try await addTokens(stage)
            let nobody = try await stage.answer(route, token: nil)
            #expect(nobody.line == Self.unauthorized)
            #expect(nobody.field("WWW-Authenticate") == #"Bearer realm="api""#)
            for token in ["expired", "unknown", "retired"] {
                let answer = try await stage.answer(route, token: token)
                #expect(answer.line == Self.unauthorized, "\(token)")
                #expect(answer.field("WWW-Authenticate") == #"Bearer realm="api",error="invalid_token""#)
            }
            for token in ["learner", "nobody's"] {
                let answer = try await stage.answer(route, token: token)
                #expect(answer.line == Self.forbidden, "\(token)")
                #expect(answer.field("Cache-Control") == "private, no-store")
            }
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.inbox() == [])
            #expect(try await stage.enrollments() == [1, 0])
        }
    }

    @Test("another method is refused with 405, but not to whoever may not send", arguments: WebhookRoute.allCases)
    func method(route: WebhookRoute) async throws {
        try await withWebhookStage(.sqlite) { stage async throws in
            let answer = try await stage.answer(route, method: "GET")
            #expect(answer.line == #"405 {"detail":"Method \"GET\" not allowed."}"#)
            #expect(answer.field("Allow") == "POST")
            #expect(try await stage.answer(route, token: nil, method: "GET").line == Self.unauthorized)
        }
    }

    @Test(
        "EDX-98 without one of the fields, an empty one or one that is no text, the answer is 400",
        arguments: Engine.allCases)
    func incomplete(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            let bodies = [
                #"{"course_id": "x"}"#, #"{"email": "ada@example.org"}"#, #"{"email": " ", "course_id": "x"}"#,
                #"{"email": 7, "course_id": "x"}"#, "{}", "",
            ]
            for body in bodies {
                let certificate = try await stage.answer(.certificate, body)
                #expect(certificate.line == #"400 {"error":"Both 'email' and 'course_id' are required."}"#, "\(body)")
                let enrollment = try await stage.answer(.enrollment, body)
                #expect(
                    enrollment.line == #"400 {"error":"Missing required fields: email and course_id"}"#, "\(body)")
            }
            #expect(try await stage.inbox() == [])
        }
    }

    // The existing application fails with 500 for a body that is JSON, but no object.
    @Test("a body that is no JSON object is refused with 400, one of another type with 415")
    func bodies() async throws {
        try await withWebhookStage(.sqlite) { stage async throws in
            for body in ["[]", "7", "null", #""ada@example.org""#] {
                #expect(
                    try await stage.answer(.certificate, body).line
                        == #"400 {"detail":"The body is not a JSON object."}"#)
            }
            for body in ["{", #"{"email": ada}"#, "{}{}"] {
                let answer = try await stage.answer(.enrollment, body)
                #expect(answer.line.hasPrefix(#"400 {"detail":"JSON parse error - "#), "\(body)")
                #expect(!answer.line.contains("ada"))
            }
            #expect(try await stage.answer(.enrollment, type: "text/plain").status == 415)
        }
    }

    // The existing application does not know a value with a blank at its end.
    @Test("a form is as good as JSON, and values are trimmed")
    func form() async throws {
        try await withWebhookStage(.sqlite) { stage async throws in
            let form = try await stage.answer(
                .enrollment, "email=ada%40example.org+&course_id=%09course-v1%3AMITx%2B6.00x%2B3T2026&role=staff",
                type: "application/x-www-form-urlencoded; charset=utf-8")
            #expect(form.status == 200)
            let json = try await stage.answer(
                .enrollment, #"{"email": "\tada@example.org ", "course_id": "course-v1:MITx+6.00x+3T2026\n"}"#,
                type: "application/json; charset=utf-8")
            #expect(json == form)
        }
    }

    @Test("EDX-104 a source run is not known to either webhook", arguments: Engine.allCases, WebhookRoute.allCases)
    func sourceRun(engine: Engine, route: WebhookRoute) async throws {
        try await withWebhookStage(engine) { stage async throws in
            try await stage.grades.write { session in
                _ = try session.execute("UPDATE courses_courserun SET is_source_run = \(true) WHERE id = 1")
            }
            let text =
                switch route {
                case .enrollment: "Course run with id \(WebhookStage.run) not found"
                case .certificate: "Course run with id '\(WebhookStage.run)' not found."
                }
            #expect(try await stage.answer(route).line == #"404 {"error":"\#(text)"}"#)
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.inbox() == [])
            #expect(try await stage.enrollments() == [1, 0])
        }
    }

    @Test("an unknown learner is 404 in the words of each webhook", arguments: Engine.allCases)
    func unknownLearner(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            let body = #"{"email": "eve@example.org\u0000", "course_id": "course-v1:MITx+6.00x+3T2026"}"#
            #expect(try await stage.answer(.enrollment, body).line == #"404 {"error":"User not found"}"#)
            let certificate = try await stage.answer(
                .certificate, #"{"email": "eve@example.org", "course_id": "course-v1:MITx+6.00x+3T2026"}"#)
            #expect(certificate.line == #"404 {"error":"User with email 'eve@example.org' not found."}"#)
            #expect(!stage.log.text.contains("eve@"))
        }
    }

    @Test("paths are known with and without the final slash")
    func paths() {
        for route in WebhookRoute.allCases {
            for end in ["", "/"] {
                #expect(WebhookRoute(path: "/api/openedx_webhook/\(route.rawValue)\(end)") == route)
            }
            #expect(WebhookRoute(path: "/api/openedx_webhook/\(route.rawValue)//") == nil)
        }
        #expect(WebhookRoute(path: "/api/openedx_webhook/") == nil)
    }

    @Test("neither token nor contents can be read in what is printed")
    func printed() throws {
        let request = WebhookRequest(
            "POST", .certificate, headers: [(name: "Authorization", value: "Bearer canary")], body: Array("canary".utf8)
        )
        var text = "\(request) \(String(reflecting: request))"
        dump(request, to: &text)
        #expect(text.contains("POST certificate"))
        #expect(!text.contains("canary"))
    }
}
