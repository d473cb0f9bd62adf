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
    static func all(_ resources: JobResources, in context: JobContext) throws(Failure) -> [QueueHandler] {
        let openEdX = try OpenEdXSettings(resources.settings)
        let issuer = resources.credentials(try CredentialIssuerSettings(resources.settings), in: context)
        return [
            CertificateEvents.handler { event, context in
                let certificates = resources.courseCertificates(issuer, in: context)
                let client = resources.openEdX(openEdX, in: context)
                return "\(try await certificates.award(user: event.user, run: event.run, isForced: true, client))"
            }
        ]
    }
}
