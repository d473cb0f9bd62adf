import Command
import Flows
import Services
import Worker

/// Who does what of the outbox. A kind that is not here waits: mails have no service yet.
enum OutboxHandlers {
    /// The kinds.
    static let kinds = [ProfileNotice.kind, MailSubscription.kind, OrderEnrollments.kind]
    /// What they need to know.
    static let settings: [any AnySetting] = OpenEdXSetting.all

    /// The handlers, one for each kind.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is missing or wrong.
    static func all(_ resources: JobResources, in context: JobContext) throws(Failure) -> [QueueHandler] {
        let client = resources.openEdX(try OpenEdXSettings(resources.settings), in: context)
        let profiles = ProfilePropagation(
            database: context, client: client, locks: resources.locks, tokens: resources.tokens(client, in: context),
            log: context.log)
        let enrollments = resources.enrollmentChanges(client, in: context)
        return [
            QueueHandler(ProfileNotice.kind) { entry, _ in try await profiles.handle(entry) },
            QueueHandler(MailSubscription.kind) { entry, _ in try await enrollments.subscribe(entry) },
            QueueHandler(OrderEnrollments.kind) { entry, _ in try await enrollments.enroll(entry) },
        ]
    }
}
