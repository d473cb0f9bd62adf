import Command
import Flows
import Services
import Worker

/// Who does what of the outbox. A kind that is not here waits: mails have no service yet.
enum OutboxHandlers {
    /// The kinds.
    static let kinds = [
        ProfileNotice.kind, MailSubscription.kind, OrderEnrollments.kind, CachePurges.kind, CourseClone.kind,
    ]
    /// What they need to know.
    static let settings: [any AnySetting] = OpenEdXSetting.all + StudioSetting.all + FastlySetting.all

    /// The handlers, one for each kind; clones wait as long as Studio's address is not set, purges while Fastly is not.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is missing or wrong.
    static func all(_ resources: JobResources, in context: JobContext) throws(Failure) -> [QueueHandler] {
        let openEdX = try OpenEdXSettings(resources.settings)
        return learners(resources, openEdX, in: context) + (try purges(resources)) + (try clones(resources, openEdX))
    }

    private static func learners(
        _ resources: JobResources, _ openEdX: OpenEdXSettings, in context: JobContext
    ) -> [QueueHandler] {
        let client = resources.openEdX(openEdX, in: context)
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
