import Bytes
import Command
import Flows
import Services
import Store
import Support
import Worker

@testable import Jobs

/// The webhooks between a database and a fake LMS, at the instant of the acceptance cases: learner 11 (`ada_l`) is in run 1, as
/// ``GradeStage`` has it, and user 90 of the staff has the token to send with.
struct WebhookStage: Sendable {
    static let token = "canary-webhook-token"
    static let run = GradeStage.run
    static let ada = #"{"email": "ada@example.org", "course_id": "course-v1:MITx+6.00x+3T2026"}"#

    let grades: GradeStage

    var base: JobStage { grades.base }
    var database: Database { base.database }
    var lms: FakeLMS { base.lms }
    var clock: ManualClock { base.clock }
    var log: RecordedLog { base.log }

    /// The webhooks as the gateway has them.
    func webhooks(sleep: Sleep? = nil) throws -> Webhooks {
        let resources = try base.resources(InboxHandlers.settings)
        let openEdX = try OpenEdXSettings(resources.settings)
        let award = try InboxHandlers.award(resources) { context in
            OpenEdXClient.forWebhook(
                openEdX, over: resources.transport, limiter: resources.limiter, log: context.log, time: context.time)
        }
        return Webhooks(
            database: database, award: award, log: log.log, time: clock.source, sleep: sleep ?? clock.sleep,
            random: resources.numbers)
    }

    /// What a sender is told.
    func answer(
        _ route: WebhookRoute, _ body: String = ada, token: String? = token, method: String = "POST",
        type: String = "application/json", sleep: Sleep? = nil
    ) async throws -> WebhookAnswer {
        let authorization = token.map { [(name: "Authorization", value: "Bearer \($0)")] } ?? []
        return try await webhooks(sleep: sleep).answer(
            WebhookRequest(
                method, route, headers: authorization + [(name: "Content-Type", value: type)],
                body: Array(body.utf8)))
    }

    func inbox() async throws -> [String] {
        try await database.read { session in try session.inboxLines() }
    }

    /// How many rows of enrollments and of their audits there are.
    func enrollments() async throws -> [Int] {
        try await database.read { session in
            [
                try session.count("courses_courserunenrollment"),
                try session.count("courses_courserunenrollmentaudit"),
            ]
        }
    }
}

extension WebhookAnswer {
    /// `200`, `404 {"error":"User not found"}`.
    var line: String { body.isEmpty ? "\(status)" : "\(status) \(String(decoding: body, as: UTF8.self))" }

    /// The value of a header field.
    func field(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Runs `body` with learner and sender in place.
func withWebhookStage(
    _ engine: Engine, mode: String = "verified", active: Bool = true, _ body: (WebhookStage) async throws -> Void
) async throws {
    try await withGradeStage(engine, mode: mode, active: active) { grades in
        try await grades.write { session in try session.insertSender(90, token: WebhookStage.token) }
        try await body(WebhookStage(grades: grades))
    }
}
