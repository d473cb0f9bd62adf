import Command
import Services
import Worker

/// Who does what of the inbox.
enum InboxHandlers {
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
