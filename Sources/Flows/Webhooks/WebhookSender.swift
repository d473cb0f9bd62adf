import Bytes
import Records

/// Who has sent a webhook, as far as the token tells (`spec/openedx.md` §12.1).
enum WebhookSender: Hashable, Sendable {
    /// Somebody of the staff.
    case trusted
    /// There was no token.
    case nobody
    /// The token is unknown, has expired, or is that of somebody who may not log in any more.
    case unknown
    /// The token is good, and not that of somebody of the staff.
    case stranger

    /// What the owner of the token that was shown may do at `now`.
    init(_ owner: BearerOwner?, at now: Timestamp) {
        guard let owner, owner.expires > now, owner.user == nil || owner.isActive else {
            self = .unknown
            return
        }
        self = owner.user != nil && owner.isStaff ? .trusted : .stranger
    }

    /// What the sender is told who may not; nil for those who may.
    var refusal: WebhookAnswer? {
        switch self {
        case .trusted: nil
        case .nobody: .unauthorized(isInvalid: false)
        case .unknown: .unauthorized(isInvalid: true)
        case .stranger: .forbidden
        }
    }
}
