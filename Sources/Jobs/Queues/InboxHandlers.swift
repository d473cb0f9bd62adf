import Command
import Flows
import Publisher
import Services
import Worker

/// Who does what of the inbox.
enum InboxHandlers {
    /// The kinds.
    static let kinds = [CertificateEvents.kind]
    /// What they need to know.
    static let settings: [any AnySetting] = OpenEdXSetting.all + CredentialSetting.all + [SiteSetting.learnBaseURL]

    /// The handlers, one for each kind.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is missing or wrong.
    static func all(_ resources: JobResources) throws(Failure) -> [QueueHandler] {
        let openEdX = try OpenEdXSettings(resources.settings)
        return [CertificateEvents.handler(try award(resources) { resources.openEdX(openEdX, in: $0) })]
    }

    /// What issues certificates, whoever has claimed the event; `client` makes what asks Open edX for the grade.
    ///
    /// - Throws: ``Failure`` `configuration` when a setting is wrong.
    static func award(
        _ resources: JobResources, _ client: @escaping @Sendable (JobContext) -> OpenEdXClient
    ) throws(Failure) -> CertificateEvents.Award {
        let settings = try CredentialIssuerSettings(resources.settings)
        return { event, context in
            let issuer = resources.credentials(settings, in: context)
            let certificates = resources.courseCertificates(issuer, in: context)
            let award = try await certificates.award(
                user: event.user, run: event.run, isForced: true, client(context))
            return award.description
        }
    }
}
