import Bytes
import Command
import HTTP

extension OpenEdXClient {
    /// Whether the LMS would take a username and an e-mail address for a new account (§3.5).
    ///
    /// - Throws: ``ServiceError``; registrations are not possible then.
    public func validate(username: String, email: String) async throws(ServiceError) -> RegistrationCheck {
        let call = OpenEdXCall.validation
        var request = request(call, .post, "/api/user/v1/validation/registration")
        if let token = settings.registrationAccessToken {
            request.headers.append(Header("X-Access-Token", "", token))
        }
        request.setForm([("username", username), ("email", email)])
        guard let decisions = try document(try await send(request, call), call)["validation_decisions"],
            case .object = decisions
        else { throw call.error("the answer has no decisions") }
        func reason(_ field: String) -> String? {
            decisions[field]?.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        return RegistrationCheck(usernameProblem: reason("username"), emailProblem: reason("email"))
    }

    /// Replaces the profile of a learner, with the learner's own token (§3.7).
    public func updateProfile(
        _ profile: LearnerProfile, of username: String, userToken: Secret
    ) async throws(ServiceError) {
        var request = accountPatch(.profileUpdate, username, userToken)
        request.setMergePatch { body in
            body.member("name", profile.name)
            body.member("country", profile.country)
            body.member("state", OpenEdXProfile.state(profile.state, country: profile.country))
            body.member("gender", OpenEdXProfile.gender(profile.gender).flatMap(\.ifChosen))
            body.member("year_of_birth", profile.yearOfBirth)
            body.member("level_of_education", OpenEdXProfile.education(profile.highestEducation).ifChosen)
        }
        _ = try document(try await send(request, .profileUpdate), .profileUpdate)
    }

    /// Changes the full name of a learner, with the learner's own token (§3.8).
    public func updateName(_ name: String, of username: String, userToken: Secret) async throws(ServiceError) {
        var request = accountPatch(.nameUpdate, username, userToken)
        request.headers.append(Header("Accept", "application/json, text/javascript, */*; q=0.01"))
        request.headers.append(Header("X-Requested-With", "XMLHttpRequest"))
        request.setMergePatch { $0.member("name", name) }
        _ = try document(try await send(request, .nameUpdate), .nameUpdate)
    }

    private func accountPatch(_ call: OpenEdXCall, _ username: String, _ token: Secret) -> Request {
        var request = request(call, .patch, "/api/user/v1/accounts/\(OpenEdXPath.username(username))")
        request.headers = [Header("Authorization", "Bearer ", token)]
        return request
    }
}

/// What the LMS says to a username and an e-mail address before a registration.
public struct RegistrationCheck: Hashable, Sendable {
    /// Why the username cannot be taken, in words for the learner; nil when it can.
    public let usernameProblem: String?
    /// Why the e-mail address cannot be taken, in words for the learner; nil when it can.
    public let emailProblem: String?

    /// What the LMS says.
    public init(usernameProblem: String?, emailProblem: String?) {
        self.usernameProblem = usernameProblem
        self.emailProblem = emailProblem
    }
}

extension RegistrationCheck: CustomStringConvertible, CustomReflectable {
    /// Without the words, which may quote the learner.
    public var description: String {
        "username \(usernameProblem == nil ? "free" : "refused"), e-mail \(emailProblem == nil ? "free" : "refused")"
    }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Request {
    fileprivate mutating func setMergePatch(_ body: (inout JSONObjectWriter) -> Void) {
        var buffer = ByteBuffer()
        buffer.object(body)
        headers.append(Header("Content-Type", "application/merge-patch+json"))
        self.body = Array(buffer.bytes)
    }
}

extension String {
    /// The text; nil when it is empty, which says that nothing was chosen.
    fileprivate var ifChosen: String? { isEmpty ? nil : self }
}
