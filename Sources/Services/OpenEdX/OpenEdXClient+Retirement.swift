import Command
import HTTP

extension OpenEdXClient {
    /// How many learners are retired in one call.
    public static let retirementsPerCall = 100

    /// Has the LMS retire accounts for good, as the client that may do so (§3.20).
    ///
    /// - Parameter usernames: at most ``retirementsPerCall``; a name with a comma is refused.
    public func retire(
        _ usernames: [String], as client: OAuthClient
    ) async throws(ServiceError) -> Retirement {
        let call = OpenEdXCall.retirement
        // The LMS would take it for two names, and one of them may be somebody else's.
        guard !usernames.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) }) else {
            throw ServiceError(
                OpenEdXClient.service, call.name, .permanent, mayHaveHappened: false,
                detail: "a username with a comma, not sent")
        }
        var request = request(call, .post, "/v1/accounts/bulk_retire_users")
        request.setJSON { $0.member("usernames", usernames.joined(separator: ",")) }
        let answer = try document(try await send(request, call, as: client), call)
        guard let retired = answer["successful_user_retirements"]?.array,
            let failed = answer["failed_user_retirements"]?.array
        else { throw call.error("the answer does not say who was retired") }
        return Retirement(retired: retired.compactMap(\.string), failed: failed.compactMap(\.string))
    }
}

/// What became of the accounts that were to be retired.
public struct Retirement: Hashable, Sendable {
    /// The usernames of those that were.
    public let retired: [String]
    /// The usernames of those that were not.
    public let failed: [String]

    /// An answer of the LMS.
    public init(retired: [String], failed: [String]) {
        self.retired = retired
        self.failed = failed
    }
}

extension Retirement: CustomStringConvertible, CustomReflectable {
    /// The numbers, without the names.
    public var description: String { "\(retired.count) retired, \(failed.count) not" }

    /// A mirror without children, since usernames tell who somebody is.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The settings of retirements (`spec/openedx.md` §1), which no job reads.
public enum RetirementSetting {
    /// The id of the OAuth client that may retire accounts.
    public static let clientID = Setting(
        "openedx.retirementClientId", optional: ValueType<String>.text,
        environment: ["OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_ID"],
        "the id of the OAuth client that may retire accounts at Open edX")
    /// Its secret.
    public static let clientSecret = Setting(
        "openedx.retirementClientSecret", optional: ValueType<Secret>.secret,
        environment: ["OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_SECRET"], exposure: .secret,
        "the secret of that OAuth client")

    /// Both.
    public static let all: [any AnySetting] = [clientID, clientSecret]

    /// The client; nil when its id or its secret is not set.
    public static func client(_ settings: Settings) throws(Failure) -> OAuthClient? {
        guard let id = try settings[clientID], let secret = try settings[clientSecret] else { return nil }
        return OAuthClient(id: id, secret: secret)
    }
}
