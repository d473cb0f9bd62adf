import Bytes
import Catalog
import Markup

/// Turns certificates into their pages and documents (`spec/catalog.md` §10.6, `spec/openedx.md` §11.3 and §11.4). Pure: the same
/// rows, instant and settings give the same bytes.
///
/// The pages lie in a folder of their own beside the snapshots of the site. Their links to the site are therefore absolute: a
/// certificate is passed on, as a file too, and must lead home from anywhere. Styles stand beside the pages
/// (``assetFolder``), so that a certificate looks the same whichever snapshot of the site is served, and opens from disk.
public struct CertificateRenderer {
    /// Where the pages' styles, scripts and icons are, below the root of the certificates.
    public static let assetFolder = "certificate/assets"
    /// Where the signatures are that were taken over, below the root of the certificates.
    public static let mediaFolder = "certificate/media"

    var site: SiteRenderer
    /// Whether signatures are in ``mediaFolder``, and not among the site's own files.
    private let ownsMedia: Bool
    let collectionIDs: [Int: [Int]]
    let runs: [Int: (run: CourseRun, course: Course)]
    let products: [ByteKey: ProductPage]
    let pages: [Int: CertificatePage]
    let signatories: [Int: Signatory]

    /// A renderer of what the catalog is at `now`.
    ///
    /// - Parameter signatories: everybody who may sign.
    public init(
        _ catalog: CourseCatalog, signatories: [Signatory], at now: Timestamp, settings: RenderSettings,
        templates: SiteTemplates, ownsMedia: Bool
    ) {
        let context = RenderContext(catalog: catalog, now: now, settings: settings)
        collectionIDs = context.collectionIDsByProgram()
        runs = Dictionary(catalog.courses.flatMap { course in course.runs.map { ($0.id, ($0, course)) } }) { first, _ in
            first
        }
        let owned = catalog.courses.compactMap(\.page) + catalog.programs.compactMap(\.page)
        products = Dictionary(owned.map { (ByteKey($0.page.path), $0) }) { first, _ in first }
        pages = Dictionary(catalog.certificatePages.map { ($0.page.id, $0) }) { first, _ in first }
        self.signatories = Dictionary(signatories.map { ($0.id, $0) }) { first, _ in first }
        self.ownsMedia = ownsMedia
        site = SiteRenderer(
            context, templates: templates,
            courses: context.inTitleOrder(catalog.courses, id: \.id, title: context.title),
            programs: context.inTitleOrder(catalog.programs, id: \.id, title: context.title))
    }

    /// The files that pages load, below ``assetFolder``.
    public var assets: [SiteTemplates.Asset] { site.templates.assets.filter { !$0.isForPreview } }

    /// The page of a certificate; nil when its form has none.
    ///
    /// - Parameter credential: its signed credential.
    /// - Throws: `TemplateError` when templates include each other without end.
    public mutating func page(
        of certificate: IssuedCertificate, _ form: CertificateForm, credential: JSONValue?
    ) throws(TemplateError) -> [UInt8]? {
        guard let printed = form.printed else { return nil }
        let kind = form.isProgram ? "certificate/program" : "certificate"
        let up = form.isProgram ? "../../" : "../"
        let base = site.context.settings.siteBaseURL
        let place = PagePlace(
            path: "\(kind)/\(certificate.uuid)/", root: "\(base)/", assets: "\(up)assets/")
        var facts = CertificateFacts(
            learner: certificate.holder.name, uuid: certificate.uuid,
            issued: DayView.abbreviated(certificate.issued), ceus: form.ceus, programType: form.programType,
            isProgram: form.isProgram)
        facts.product = form.product
        facts.media = PagePlace(path: place.path, root: ownsMedia ? up : "\(up)../", assets: place.assets)
        if let id = certificate.credentialID, let credential {
            facts.credential = CertificatePageView.CredentialView(
                link: "\(base)/\(CertificatePath.credential(id, isProgram: form.isProgram))/",
                issuer: credential["issuer"]?["id"]?.string ?? credential["issuer"]?.string)
        }
        var view = site.view(of: printed, facts, at: place)
        view.page.windowTitle = "\(site.site.name) | Certificate for: \(form.product)"
        // An announcement of the site is no part of a certificate, and would have all of them written again.
        view.page.banner = nil
        var buffer = site.context.documentBuffer()
        try site.templates.certificate.render(view, into: &buffer)
        return site.context.keep(buffer)
    }

    /// The document of a certificate (§11.4).
    public mutating func document(
        of certificate: IssuedCertificate, _ form: CertificateForm, credential: JSONValue?
    ) -> [UInt8] {
        var buffer = site.context.documentBuffer()
        buffer.object { object in
            object.object("user") { user in
                let holder = certificate.holder
                user.member("id", holder.id)
                user.member("username", holder.username)
                user.member("name", holder.name)
                user.member("created_on", holder.created)
                user.member("updated_on", holder.updated)
            }
            object.member("uuid", certificate.uuid)
            object.member("is_revoked", certificate.isRevoked)
            object.member("issue_date", certificate.issued)
            object.key("certificate_page")
            object.buffer.append(form.pageJSON)
            object.member("verifiable_credential_json", json: credential?.sorted)
            object.key(form.isProgram ? "program" : "course_run")
            object.buffer.append(form.subjectJSON)
            object.member("certificate_page_revision", form.revisionID)
        }
        return site.context.keep(buffer)
    }

    /// The file that a credential is downloaded as. Databases keep the members of an object in orders of their own; the signature
    /// does not depend on it.
    public func download(of credential: JSONValue) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.appendJSON(credential.sorted)
        return buffer.fittedBytes
    }
}

/// Where the files of certificates are below their root, without the name of the file.
public enum CertificatePath {
    /// The page.
    public static func page(_ uuid: String, isProgram: Bool) -> String {
        isProgram ? "certificate/program/\(uuid)" : "certificate/\(uuid)"
    }

    /// The document.
    public static func document(_ uuid: String, isProgram: Bool) -> String {
        isProgram ? "api/v2/program_certificates/\(uuid)" : "api/v2/course_certificates/\(uuid)"
    }

    /// The signed credential.
    public static func credential(_ id: String, isProgram: Bool) -> String {
        isProgram
            ? "api/v2/verifiable_program_credential/\(id)/download"
            : "api/v2/verifiable_course_credential/\(id)/download"
    }
}

extension JSONValue {
    /// The same value with the keys of objects in the order of their bytes.
    fileprivate var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let members):
            .object(
                members.map { Member(key: $0.key, value: $0.value.sorted) }
                    .sorted { ByteKey($0.key) < ByteKey($1.key) })
        default: self
        }
    }
}
