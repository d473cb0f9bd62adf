import Bytes
import HTTP

/// The fields that both webhooks need, trimmed (`spec/openedx.md` §12.1). Printed, it shows nothing of them.
struct WebhookFields: Sendable {
    /// The learner's e-mail address, as it was sent.
    let email: String
    /// The key of the run.
    let run: String
}

extension WebhookFields: CustomStringConvertible, CustomReflectable {
    var description: String { "fields of a webhook" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

extension WebhookRequest {
    /// What its body says, or the answer to a body that says too little.
    func fields() -> Result<WebhookFields, Refusal> {
        switch members() {
        case .failure(let refusal): return .failure(refusal)
        case .success(let members):
            let (email, run) = (members["email"]?.trimmed ?? "", members["course_id"]?.trimmed ?? "")
            guard !email.isEmpty, !run.isEmpty else { return .failure(Refusal(answer: route.incomplete)) }
            return .success(WebhookFields(email: email, run: run))
        }
    }

    /// An answer instead of work.
    struct Refusal: Error, Sendable {
        let answer: WebhookAnswer
    }

    /// The texts of the body by name. Of a name that comes twice the last one counts.
    private func members() -> Result<[String: String], Refusal> {
        let type = header("content-type")?.prefix { $0 != ";" }.lowercased().trimmed ?? ""
        switch type {
        case _ where body.isEmpty: return .success([:])
        case "application/x-www-form-urlencoded":
            let pairs = FormDecoding.pairs(String(decoding: body, as: UTF8.self))
            return .success(Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last })
        case "application/json": return document()
        default:
            return .failure(Refusal(answer: .detail(415, "Unsupported media type \"\(type)\" in request.")))
        }
    }

    private func document() -> Result<[String: String], Refusal> {
        do {
            guard case .object(let members) = try JSONValue(parsing: body) else {
                return .failure(Refusal(answer: .detail(400, "The body is not a JSON object.")))
            }
            let texts = members.compactMap { member in member.value.string.map { (member.key, $0) } }
            return .success(Dictionary(texts) { _, last in last })
        } catch {
            return .failure(Refusal(answer: .detail(400, "JSON parse error - \(error)")))
        }
    }
}

extension WebhookRoute {
    /// The answer to a body that lacks one of the fields.
    fileprivate var incomplete: WebhookAnswer {
        switch self {
        case .enrollment: .error(400, "Missing required fields: email and course_id")
        case .certificate: .error(400, "Both 'email' and 'course_id' are required.")
        }
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
    }
}
