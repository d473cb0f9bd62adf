import Command
import Services
import Worker

/// Who does what of the outbox. A kind that is not here waits: mails have no service yet.
enum OutboxHandlers {
    /// The kinds.
    static let kinds: [String] = []
    /// What they need to know.
    static let settings: [any AnySetting] = OpenEdXSetting.all

    /// The handlers, one for each kind.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is missing or wrong.
    static func all(_ resources: JobResources, in context: JobContext) throws(Failure) -> [QueueHandler] {
        []
    }
}
