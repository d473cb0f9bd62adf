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
    static func all(_ resources: JobResources, in context: JobContext) throws(Failure) -> [QueueHandler] {
        let openEdX = try OpenEdXSettings(resources.settings)
        return [
            CertificateEvents.handler { event, context in
                let certificates = GenerateCertificates.certificates(resources, in: context)
                let client = resources.openEdX(openEdX, in: context)
                return "\(try await certificates.award(user: event.user, run: event.run, isForced: true, client))"
            }
        ]
    }
}
