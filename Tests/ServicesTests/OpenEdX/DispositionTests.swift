import HTTP
import Support
import Testing

@testable import Services

@Suite("Open edX: what answers mean")
struct DispositionTests {
    static let embargo = #"{"message": "No.", "user_message_url": "https://lms.test/embargo/"}"#
    static let filter = #"{"message": "No.", "localizedMessage": "Not for you."}"#

    @Test("the table from answers to dispositions", arguments: DispositionRows.table)
    func disposition(row: DispositionRow) {
        let error = row.call.error(
            Response(status: row.status, body: Array(row.body.utf8)), from: "https://lms.test", now: ManualClock().now)
        #expect(error.disposition == row.disposition)
        #expect(error.mayHaveHappened == row.mayHaveHappened)
        #expect(error.status == row.status)
    }

    @Test("Retry-After reaches the disposition, as seconds and as a date; nonsense does not")
    func retryAfter() {
        func disposition(_ value: String) -> Disposition {
            OpenEdXCall.enroll.error(
                Response(status: 429, headers: [("Retry-After", value)]), from: "https://lms.test",
                now: ManualClock().now
            ).disposition
        }
        #expect(disposition("17") == .unavailable(retryAfter: .seconds(17)))
        #expect(disposition("Tue, 15 Sep 2026 12:00:30 GMT") == .unavailable(retryAfter: .seconds(30)))
        #expect(disposition("soon") == .unavailable(retryAfter: nil))
        #expect(disposition("-1") == .unavailable(retryAfter: nil))
    }

    @Test(
        "no answer means that the LMS is unavailable, and stopping is no failure",
        arguments: TransportError.Code.allCases, [true, false])
    func network(code: TransportError.Code, mayHaveArrived: Bool) async throws {
        let client = try OpenEdXFixture.client(.failure(code, mayHaveArrived: mayHaveArrived))
        let write = try await serviceError {
            try await client.enroll("ada_l", in: OpenEdXFixture.run, mode: "audit")
        }
        let read = try await serviceError {
            try await client.enrollments(in: OpenEdXFixture.run, of: ["ada_l"])
        }
        let expected: Disposition =
            switch code {
            case .stopped: .stopped
            case .tooLarge, .bodyFailed, .withheld: .temporary
            case .invalidRequest: .systemic
            default: .unavailable(retryAfter: nil)
            }
        #expect(write.disposition == expected)
        #expect(read.disposition == expected)
        #expect(write.mayHaveHappened == mayHaveArrived)
        #expect(!read.mayHaveHappened)
        #expect(write.status == nil)
    }

    @Test(
        "a page for people with status 200 is no success of any call",
        arguments: [
            StubTransport.Answer.html("<title>Maintenance of ada@example.org</title>"), .html("{}"), .json("{\"resu"),
            .json("[]"), .json("{\"results\": [{}]}"), .json("{\"results\": [], \"next\": \"no cursor\"}"),
        ])
    func html(answer: StubTransport.Answer) async throws {
        let client = try OpenEdXFixture.client(answer)
        let run = OpenEdXFixture.run
        var errors = [
            try await serviceError { try await client.enrollments(in: run, of: ["ada_l"]) },
            try await serviceError { try await client.enroll("ada_l", in: run, mode: "audit") },
            try await serviceError { try await client.deactivate("ada_l", in: run) },
            try await serviceError { try await client.exchange(code: .init("c-9")) },
            try await serviceError { try await client.refresh(.init("rt-1")) },
        ]
        if case .response(let response) = answer, response.json == nil {
            errors.append(try await serviceError { try await client.accountExists(userToken: .init("at-1")) })
            errors.append(try await serviceError { try await client.fixLTIAccount(email: "ada@example.org") })
            errors.append(try await serviceError { try await client.accounts(email: "ada@example.org") })
            errors.append(
                try await serviceError {
                    try await client.register(
                        Registration(username: "ada_l", email: "ada@example.org", name: "Ada", accessToken: .init("t")))
                })
        }
        for error in errors {
            #expect(error.disposition == .temporary)
            #expect(!error.description.contains("ada"))
        }
    }

    @Test("a call without its credential is a matter of configuration, and nothing is sent")
    func credentials() async throws {
        let transport = StubTransport([.json("{}")])
        let bare = OpenEdXSettings(lms: try OpenEdXFixture.settings().lms, site: try OpenEdXFixture.settings().site)
        let client = OpenEdXClient(bare, over: transport, time: ManualClock().source)
        let run = OpenEdXFixture.run
        let errors = [
            try await serviceError { try await client.enrollments(in: run, of: ["ada_l"]) },
            try await serviceError { try await client.enroll("ada_l", in: run, mode: "audit") },
            try await serviceError { try await client.deactivate("ada_l", in: run) },
            try await serviceError { try await client.fixLTIAccount(email: "ada@example.org") },
            try await serviceError { try await client.accounts(email: "ada@example.org") },
            try await serviceError { try await client.refresh(.init("rt-1")) },
            try await serviceError { try await client.authorizationCode(session: .init("s")) },
        ]
        for error in errors {
            #expect(error.disposition == .systemic)
            #expect(!error.mayHaveHappened)
            #expect(error.detail.hasSuffix("is not set"))
        }
        #expect(transport.sent.isEmpty)
    }

    @Test(
        "errors tell the known cause and nothing that the LMS quotes",
        arguments: [
            (#"{"message": "The user ada_l does not exist."}"#, 406, "learner not found"),
            (#"{"message": "No course 'c' found for enrollment"}"#, 400, "course not found for enrollment"),
            (
                #"{"message": "The [audit] course mode is expired or otherwise unavailable for course run [c]."}"#, 400,
                "course mode unavailable"
            ),
            (#"{"message": "Specified course mode 'audit' unavailable for course c"}"#, 400, "course mode unavailable"),
            (#"{"message": "Enrollment mode mismatch: active mode=audit"}"#, 400, "enrollment mode mismatch"),
            (embargo, 403, "embargo"), (filter, 403, "refused by an enrollment filter"),
            (
                #"{"error_code": "token_expired", "developer_message": "ada_l"}"#, 401,
                "token_expired; check OPENEDX_SERVICE_WORKER_API_TOKEN"
            ),
            (#"{"error_code": "ada@example.org"}"#, 400, "(33 bytes, not shown)"), ("", 500, "(empty)"),
        ])
    func detail(body: String, status: Int, content: String) async throws {
        let client = try OpenEdXFixture.client(.json(body, status: status))
        let error = try await serviceError {
            try await client.enroll("ada_l", in: OpenEdXFixture.run, mode: "audit")
        }
        #expect(error.description == "Open edX, enroll: Response - code: \(status), content: \(content)")
    }

    @Test(
        "a refusal that is not the LMS's own is temporary: a proxy knows nothing of learners",
        arguments: [400, 404, 405, 413])
    func proxy(status: Int) async throws {
        for answer in [
            StubTransport.Answer.html("default backend", status: status), .json("not found", status: status),
        ] {
            let list = try await serviceError {
                try await OpenEdXFixture.client(answer).enrollments(in: OpenEdXFixture.run, of: ["ada_l"])
            }
            #expect(list.disposition == .temporary)
            let call = try await serviceError {
                try await OpenEdXFixture.client(answer).enroll("ada_l", in: OpenEdXFixture.run, mode: "audit")
            }
            #expect(call.disposition == .temporary)
        }
    }

    @Test("an HTML answer is told by its host")
    func htmlDetail() async throws {
        let client = try OpenEdXFixture.client(.html("ada@example.org", status: 502))
        let error = try await serviceError { try await client.accounts(email: "ada@example.org") }
        #expect(
            error.detail == "Response - code: 502, url: https://lms.test, content: (HTML body ignored)")
    }
}
