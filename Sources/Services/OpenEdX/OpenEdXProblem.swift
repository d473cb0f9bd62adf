import Bytes
import HTTP

/// What the LMS says is wrong, as far as it is known and can be told.
///
/// Answers of the LMS may quote a username, an e-mail address or a course's own words, so that no text of an answer is
/// taken over: it is compared with what the LMS is known to say, and the name found here is told instead.
enum OpenEdXProblem: Hashable, Sendable {
    /// The learner's country is excluded from the course (`user_message_url`).
    case embargo
    /// A filter of the installation refused the enrollment (`localizedMessage`).
    case enrollmentFilter
    /// There is no such course.
    case unknownCourse
    /// There is no such learner.
    case unknownLearner
    /// The mode is expired or the course does not have it.
    case modeUnavailable
    /// The enrollment has another mode than the one to leave.
    case modeMismatch
    /// An error code of OAuth (RFC 6749 §5.2, RFC 6750 §3.1).
    case oauth(String)
    /// A known `error_code` of the LMS.
    case code(String)

    /// What the body says, nil when that is nothing known.
    init?(_ response: Response) {
        guard response.status >= 400, let body = response.json, case .object = body else { return nil }
        if let code = body["error"]?.string, OpenEdXProblem.oauthErrors.contains(code) {
            self = .oauth(code)
        } else if let code = body["error_code"]?.string, OpenEdXProblem.codes.contains(code) {
            self = .code(code)
        } else if response.status == 403, body["user_message_url"]?.isNull == false {
            self = .embargo
        } else if response.status == 403, body["localizedMessage"]?.isNull == false {
            self = .enrollmentFilter
        } else if let message = body["message"]?.string, let known = OpenEdXProblem(message: message) {
            self = known
        } else {
            return nil
        }
    }

    private init?(message: String) {
        func says(_ part: String) -> Bool { message.firstRange(of: part) != nil }
        if says("No course"), says("found for enrollment") {
            self = .unknownCourse
        } else if message.hasPrefix("The user "), message.hasSuffix(" does not exist.") {
            self = .unknownLearner
        } else if says("course mode is expired or otherwise unavailable") {
            self = .modeUnavailable
        } else if says("Specified course mode"), says("unavailable for course") {
            self = .modeUnavailable
        } else if says("Enrollment mode mismatch") {
            self = .modeMismatch
        } else {
            return nil
        }
    }

    private static let oauthErrors: Set = [
        "invalid_grant", "invalid_client", "invalid_request", "invalid_scope", "unauthorized_client",
        "unsupported_grant_type", "access_denied", "server_error", "temporarily_unavailable", "invalid_token",
        "insufficient_scope",
    ]
    private static let codes: Set = [
        "duplicate-username", "duplicate-email", "duplicate-email-username", "validation-error", "token_expired",
        "token_malformed", "token_nonexistent", "token_not_provided", "account_disabled",
    ]

    /// The error of an authorization that came back to the site, when it is a known one.
    static func known(oauthError code: String) -> String? {
        oauthErrors.contains(code) ? code : nil
    }

    /// What is told of it.
    var words: String {
        switch self {
        case .embargo: "embargo"
        case .enrollmentFilter: "refused by an enrollment filter"
        case .unknownCourse: "course not found for enrollment"
        case .unknownLearner: "learner not found"
        case .modeUnavailable: "course mode unavailable"
        case .modeMismatch: "enrollment mode mismatch"
        case .oauth(let code), .code(let code): code
        }
    }
}

extension Response {
    /// The body as JSON, nil when it is HTML or something else.
    var json: JSONValue? {
        isHTML ? nil : try? JSONValue(parsing: body)
    }

    private var isHTML: Bool {
        self["content-type"]?.lowercased().hasPrefix("text/html") ?? false
    }

    /// The answer in the words of `spec/openedx.md` §2.4, without anything of its body that is not known to be safe.
    func safeDetail(_ problem: OpenEdXProblem?, from origin: String) -> String {
        if isHTML { return "Response - code: \(status), url: \(origin), content: (HTML body ignored)" }
        let content = problem?.words ?? (body.isEmpty ? "(empty)" : "(\(body.count) bytes, not shown)")
        return "Response - code: \(status), content: \(content)"
    }
}
