import Command
import Publisher
import Snapshot

/// Where certificates are written to, and with what (``CertificateFolder``).
public struct CertificateSettings: Sendable {
    /// The settings beside the site's own address, which every job names that changes certificates; those of credentials
    /// (`CredentialSetting.all`) go with them.
    public static let all: [any AnySetting] = [
        SiteSetting.output, SiteSetting.templates, SiteSetting.media, SiteSetting.learnBaseURL,
        SiteSetting.courseBaseURL, SiteSetting.siteName, SiteSetting.copyFile,
    ]

    /// The folder of the certificates.
    let folder: String
    let templates: TemplateFolder
    /// The folder of the media storage; nil when something else serves `/media/`.
    let media: String?
    let render: RenderSettings

    /// The values that were given; nil when no output is: then no certificates are written.
    ///
    /// - Throws: ``Failure`` for a setting that is wrong, and when there are no templates.
    public init?(_ settings: Settings) throws(Failure) {
        guard let output = try settings[SiteSetting.output] else { return nil }
        folder = "\(output)/certificates"
        templates = try TemplateFolder(try settings[SiteSetting.templates])
        media = try settings[SiteSetting.media]
        render = try RenderSettings(ofSite: settings)
    }
}
