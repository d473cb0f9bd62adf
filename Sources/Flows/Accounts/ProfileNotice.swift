import Bytes
import Store
import Worker

/// Something of a learner that Open edX is to be told, as an entry of the outbox (`spec/openedx.md` §5.7).
///
/// The entry holds no data of the learner: what is sent is what is on record when it is sent. So a second change needs no
/// second entry.
public struct ProfileNotice: Hashable, Sendable {
    /// The kind of its entries.
    public static let kind = "profile"

    /// What changed.
    public enum Subject: String, Sendable, CaseIterable {
        /// The profile.
        case profile
        /// The full name.
        case name
        /// The e-mail address, which Open edX takes over when the learner signs in.
        case email
    }

    /// What changed.
    public let subject: Subject
    /// The key of `users_user`.
    public let user: Int

    /// A change of what is on record for a learner.
    public init(_ subject: Subject, of user: Int) {
        self.subject = subject
        self.user = user
    }

    /// The notice of an entry; nil when it is none that this program writes.
    init?(_ entry: Queue.Entry) {
        guard let user = entry.payload["user"]?.int,
            let subject = entry.payload["subject"]?.string.flatMap(Subject.init)
        else { return nil }
        self.init(subject, of: user)
    }

    /// Puts it into the outbox, in the transaction of the change. One that waits there already is enough; one that is being
    /// sent is sent again after that, since what is sent may be older than the change.
    public func post(at now: Timestamp, in session: inout Session) throws {
        let payload: [JSONValue.Member] = [
            JSONValue.Member(key: "subject", value: .string(subject.rawValue)),
            JSONValue.Member(key: "user", value: .number("\(user)")),
        ]
        try Queue.outbox.add(
            Self.kind, key: "\(subject.rawValue):\(user)", payload: .object(payload), due: now, at: now,
            in: &session)
    }

    /// What a saved profile makes known: the profile, and the name when that is another one than before.
    public static func profileSaved(
        of user: Int, isNameNew: Bool, at now: Timestamp, in session: inout Session
    ) throws {
        try ProfileNotice(.profile, of: user).post(at: now, in: &session)
        if isNameNew { try ProfileNotice(.name, of: user).post(at: now, in: &session) }
    }

    /// What a confirmed change of the e-mail address makes known.
    public static func emailChanged(of user: Int, at now: Timestamp, in session: inout Session) throws {
        try ProfileNotice(.email, of: user).post(at: now, in: &session)
    }
}
