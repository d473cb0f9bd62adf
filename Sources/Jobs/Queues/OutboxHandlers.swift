import Command
import Flows
import Services
import Worker

/// Who does what of the outbox. A kind that is not here waits: mails have no service yet.
enum OutboxHandlers {
    /// The kinds.
    static let kinds: [String] = [CachePurges.kind, CourseClone.kind]
    /// What they need to know.
    static let settings: [any AnySetting] = OpenEdXSetting.all + StudioSetting.all + FastlySetting.all

    /// The handlers, one for each kind; clones wait as long as Studio's address is not set, purges while Fastly is not.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is missing or wrong.
    static func all(_ resources: JobResources, in context: JobContext) throws(Failure) -> [QueueHandler] {
        let openEdX = try OpenEdXSettings(resources.settings)
        return try purges(resources) + clones(resources, openEdX)
    }

    private static func purges(_ resources: JobResources) throws(Failure) -> [QueueHandler] {
        guard let settings = try FastlySettings(resources.settings) else { return [] }
        return [
            QueueHandler(CachePurges.kind) { entry, context in
                try await CachePurges.handle(entry, resources.fastly(settings, in: context))
            }
        ]
    }

    private static func clones(
        _ resources: JobResources, _ openEdX: OpenEdXSettings
    ) throws(Failure) -> [QueueHandler] {
        guard try resources.settings[StudioSetting.baseURL] != nil else { return [] }
        let studio = try StudioSettings(resources.settings, openEdX)
        let patience = try CourseClone.Patience(resources.settings)
        var handler = QueueHandler(CourseClone.kind) { entry, context in
            let clones = CourseClone(
                in: context, client: resources.openEdX(openEdX, in: context),
                studio: resources.studio(studio, openEdX, in: context), numbers: resources.numbers, patience: patience)
            try await clones.handle(entry)
        }
        // Each takes many calls, and must be done before its claim ends.
        handler.claimLimit = 4
        return [handler]
    }
}
