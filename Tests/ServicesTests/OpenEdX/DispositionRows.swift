import Services
import Testing

@testable import enum Services.OpenEdXCall

/// One row of the table.
struct DispositionRow: Sendable, CustomTestStringConvertible {
    let call: OpenEdXCall
    let status: Int
    var body = "{}"
    let disposition: Disposition
    let mayHaveHappened: Bool

    var testDescription: String { "\(call.name) \(status) \(body.prefix(40))" }
}

/// The table of dispositions, written out once more (`spec/openedx.md` §3 and §6.4).
enum DispositionRows {
    private static func rows(
        _ calls: [OpenEdXCall], _ statuses: [Int], _ disposition: Disposition, body: String = "{}",
        mayHaveHappened: Bool = false
    ) -> [DispositionRow] {
        calls.flatMap { call in
            statuses.map {
                DispositionRow(
                    call: call, status: $0, body: body, disposition: disposition,
                    mayHaveHappened: mayHaveHappened && call.hasEffect)
            }
        }
    }

    private static let all = OpenEdXCall.allCases
    private static let writes: [OpenEdXCall] = [.enroll, .deactivate]
    private static let tokens: [OpenEdXCall] = [.codeExchange, .tokenRefresh, .clientToken]

    static let table: [DispositionRow] =
        rows(all, [407], .systemic) + rows(all, [408, 425], .temporary)
        + rows(all, [429], .unavailable(retryAfter: nil))
        + rows(all, [502, 503, 504, 520, 522], .unavailable(retryAfter: nil), mayHaveHappened: true)
        + rows(all, [500, 501, 505], .temporary, mayHaveHappened: true)
        + rows(all, [301, 308], .systemic) + rows(all, [307], .temporary)
        + rows(all, [302, 303], .temporary, mayHaveHappened: true)
        + rows(all, [204], .temporary, body: "", mayHaveHappened: true)
        + rows(all, [200], .temporary, body: "not JSON", mayHaveHappened: true)
        // The list.
        + rows([.enrollmentList], [401, 403], .systemic)
        + rows([.enrollmentList], [400], .permanent) + rows([.enrollmentList], [404, 406, 410], .temporary)
        // Enrollments.
        + rows(writes, [401], .systemic) + rows(writes, [400, 404, 406, 409, 410, 413], .permanent)
        + rows(writes, [403], .permanent, body: DispositionTests.embargo)
        + rows(writes, [403], .permanent, body: DispositionTests.filter)
        + rows(writes, [403], .temporary) + rows(writes, [403], .temporary, body: #"{"localizedMessage": null}"#)
        // Tokens.
        + rows([.codeExchange, .tokenRefresh], [400], .temporary, body: #"{"error": "invalid_grant"}"#)
        + rows(tokens, [400], .systemic, body: #"{"error": "invalid_request"}"#)
        + rows(tokens, [401], .systemic, body: #"{"error": "invalid_client"}"#)
        + rows(tokens, [400], .temporary, body: "no OAuth") + rows(tokens, [403], .temporary)
        + rows(tokens, [404], .systemic)
        // Authorization.
        + rows([.authorize], [400], .systemic) + rows([.authorize, .socialLogin], [403, 404], .temporary)
        + rows([.socialLogin], [400], .temporary)
        // Accounts.
        + rows([.registration], [401, 403, 404], .temporary) + rows([.ownInfo], [400, 403], .temporary)
        + rows([.ltiFix], [401], .systemic) + rows([.ltiFix], [403, 405], .temporary)
        + rows([.accountSearch], [400], .temporary)
        // With a learner's token, which is that learner's matter.
        + rows([.ownEnrollments, .mailSettings], [401, 403], .temporary)
        + rows([.ownEnrollments, .mailSettings], [400, 404], .permanent)
        // Profiles: the token is the learner's own, and so is what is refused.
        + rows([.profileUpdate, .nameUpdate], [401, 403], .temporary)
        + rows([.profileUpdate, .nameUpdate], [400, 404, 409, 415], .permanent)
        + rows([.profileUpdate, .nameUpdate], [400, 404], .temporary, body: "no LMS")
        + rows([.validation], [400, 401, 403, 404], .temporary)
        + rows([.retirement], [401, 403], .systemic) + rows([.retirement], [400, 404], .permanent)
}
