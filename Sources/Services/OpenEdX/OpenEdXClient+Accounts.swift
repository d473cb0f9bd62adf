import Bytes
import Command
import HTTP

extension OpenEdXClient {
    /// Whether the learner whose token it is has an account at the LMS (§3.6).
    ///
    /// - Throws: ``ServiceError``, always temporary or unavailable, when the answer is neither yes nor no.
    public func accountExists(userToken: Secret) async throws(ServiceError) -> Bool {
        let call = OpenEdXCall.ownInfo
        var request = request(call, .get, "/api/mobile/v0.5/my_user_info")
        request.headers = [Header("Authorization", "Bearer ", userToken)]
        let response = try await followed(request, call)
        if response.status == 401 || response.status == 404 { return false }
        _ = try document(response, call)
        return true
    }

    /// Frees the e-mail address of an account that another learning platform made by LTI (§3.9).
    ///
    /// - Returns: whether an account was freed; only then another registration makes sense.
    public func fixLTIAccount(email: String) async throws(ServiceError) -> Bool {
        let call = OpenEdXCall.ltiFix
        var request = request(call, .post, "/api/lti-user-fix/")
        request.headers = [try serviceWorker(call)]
        request.setJSON { $0.member("email", email) }
        let response = try await send(request, call)
        if response.status == 400 || response.status == 404 { return false }
        // What the body says does not matter, but a page for people is not the LMS's answer.
        _ = try document(response, call)
        return true
    }

    /// The accounts that the LMS has for an e-mail address (§3.24).
    public func accounts(email: String) async throws(ServiceError) -> AccountSearch {
        let call = OpenEdXCall.accountSearch
        var request = request(call, .get, "/api/user/v1/accounts", query: [("email", email)])
        request.headers = [try serviceWorker(call)]
        let response = try await followed(request, call)
        switch response.status {
        case 404: return .found([])
        case 401, 403: return .refused
        default: break
        }
        guard let elements = try document(response, call).array else { throw call.error("the answer is not a list") }
        return .found(
            elements.compactMap { element in
                element["username"]?.string.map { OpenEdXAccount(username: $0, email: element["email"]?.string ?? "") }
            })
    }
}

/// What the LMS says about the accounts of an e-mail address.
public enum AccountSearch: Hashable, Sendable {
    /// The accounts, often one or none.
    case found([OpenEdXAccount])
    /// The service worker may not ask; the caller does without, and logs it once (`spec/openedx.md` §5.4).
    case refused
}

/// An account of the LMS.
public struct OpenEdXAccount: Hashable, Sendable {
    /// The username, in the letter case it was registered with.
    public let username: String
    /// The e-mail address; empty when the LMS does not tell it.
    public let email: String

    /// An account.
    public init(username: String, email: String) {
        self.username = username
        self.email = email
    }
}

extension OpenEdXAccount: CustomStringConvertible, CustomReflectable {
    /// Without anything that tells who the learner is.
    public var description: String { "an account" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
