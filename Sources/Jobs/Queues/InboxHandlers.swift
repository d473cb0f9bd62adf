import Command
import Flows
import Services
import Worker

/// Who does what of the inbox.
enum InboxHandlers {
    /// The kinds.
    static let kinds = [CertificateEvents.kind]
    /// What they need to know.
    static let settings: [any AnySetting] = OpenEdXSetting.all

    /// The handlers, one for each kind.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is missing or wrong.
    static func all(_ resources: JobResources) throws(Failure) -> [QueueHandler] {
        let openEdX = try OpenEdXSettings(resources.settings)
        return [CertificateEvents.handler(award(resources) { resources.openEdX(openEdX, in: $0) })]
    }

    /// What issues certificates, whoever has claimed the event; `client` makes what asks Open edX for the grade.
    static func award(
        _ resources: JobResources, _ client: @escaping @Sendable (JobContext) -> OpenEdXClient
    ) -> CertificateEvents.Award {
        { event, context in
            let certificates = GenerateCertificates.certificates(resources, in: context)
            let award = try await certificates.award(
                user: event.user, run: event.run, isForced: true, client(context))
            return award.description
        }
    }
}
