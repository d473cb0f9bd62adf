import Bytes
import Store
import Worker

/// A mail that is to be sent. It waits in the outbox until there is a service that sends mails, and names rows rather than
/// people.
public struct Mail: Sendable {
    /// What mails say.
    public enum Template: String, Sendable {
        /// To a learner who is enrolled now.
        case enrollment
        /// To a learner who is not enrolled any more.
        case unenrollment
        /// To the support: an enrollment that could not be written.
        case enrollmentFailure = "enrollment-failure"
    }

    /// The kind of outbox entries that are mails.
    public static let kind = "mail"

    let template: Template
    let key: String
    let user: Int
    let enrollment: Int?

    /// A mail to or about a learner.
    ///
    /// - Parameter occasion: what it is sent for, the same in every attempt: `audit:5512`. A mail is sent once for each.
    public init(_ template: Template, occasion: String, user: Int, enrollment: Int? = nil) {
        self.template = template
        key = "\(template.rawValue):\(occasion)"
        self.user = user
        self.enrollment = enrollment
    }

    /// Puts it into the outbox, in the transaction of its cause; false when it is there already, or was sent.
    @discardableResult public func post(at now: Timestamp, in session: inout Session) throws -> Bool {
        let payload: [JSONValue.Member] = [
            JSONValue.Member(key: "template", value: .string(template.rawValue)),
            JSONValue.Member(key: "user", value: .number("\(user)")),
            JSONValue.Member(key: "enrollment", value: enrollment.map { .number("\($0)") } ?? .null),
        ]
        return try Queue.outbox.add(
            Mail.kind, key: key, payload: .object(payload), uniqueForEver: true, due: now, at: now, in: &session)
    }
}
