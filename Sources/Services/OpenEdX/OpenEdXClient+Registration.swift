import Bytes
import HTTP

extension OpenEdXClient {
    /// Registers a learner (§3.4).
    ///
    /// Meanwhile the LMS asks MITx Online for the learner's data, with the access token of the registration; the
    /// username that it gets there has to be the one registered, which is why it is committed before.
    ///
    /// - Throws: ``ServiceError``, never a permanent one: what is the learner's own is a ``RegistrationAnswer``. After
    ///   one that may have happened, ``accounts(email:)`` tells.
    public func register(_ registration: Registration) async throws(ServiceError) -> RegistrationAnswer {
        let call = OpenEdXCall.registration
        var request = request(call, .post, "/user_api/v1/account/registration/")
        if let token = settings.registrationAccessToken {
            request.headers.append(Header("X-Access-Token", "", token))
        }
        request.setForm(registration.form(provider: settings.oauthProvider))
        let response = try await send(request, call)
        switch response.status {
        case 400: return .refused(RefusalBody(response))
        case 409: return RegistrationAnswer(conflict: RefusalBody(response))
        default: break
        }
        guard case .object = try document(response, call) else { throw call.error("the answer is not an object") }
        return .created
    }
}

/// What the LMS says to a registration.
public enum RegistrationAnswer: Hashable, Sendable {
    /// There is an account now.
    case created
    /// The username is taken; the LMS may suggest others.
    case duplicateUsername(suggestions: [String], RefusalBody)
    /// There is an account with the e-mail address.
    case duplicateEmail(RefusalBody)
    /// Both are taken, perhaps by one account that is the learner's own.
    case duplicateEmailAndUsername(RefusalBody)
    /// The data are not accepted: any other 409, and 400.
    case refused(RefusalBody)

    /// What an answer of 409 means.
    init(conflict body: RefusalBody) {
        switch body.json["error_code"]?.string {
        case "duplicate-username":
            let suggestions = body.json["username_suggestions"]?.array?.compactMap(\.string) ?? []
            self = .duplicateUsername(suggestions: suggestions, body)
        case "duplicate-email": self = .duplicateEmail(body)
        case "duplicate-email-username": self = .duplicateEmailAndUsername(body)
        default: self = .refused(body)
        }
    }
}

extension RegistrationAnswer: CustomStringConvertible {
    /// What it is, without suggestions and bodies.
    public var description: String {
        switch self {
        case .created: "created"
        case .duplicateUsername: "duplicate-username"
        case .duplicateEmail: "duplicate-email"
        case .duplicateEmailAndUsername: "duplicate-email-username"
        case .refused: "refused"
        }
    }
}

/// The body of a refusal, for `openedx_openedxuser.sync_error_data`. It quotes the learner's data and is not printed.
public struct RefusalBody: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The body; an empty object when it was not JSON.
    public let json: JSONValue

    /// A body.
    public init(_ json: JSONValue) {
        self.json = json
    }

    init(_ response: Response) {
        json = response.json ?? .object([])
    }

    /// That there is one.
    public var description: String { "(body not shown)" }

    /// A mirror without children, so that a dump of an enclosing value prints nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
