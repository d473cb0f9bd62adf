import Bytes
import Markup

/// The templates of the HTML site, compiled, and the files that its pages load. May be used by many renders.
public struct SiteTemplates: Sendable {
    /// A style, script or icon.
    public struct Asset: Sendable {
        /// Below the folder of assets, such as `site.css`.
        public let path: String
        /// What the file holds.
        public let bytes: [UInt8]

        /// Whether only the preview of drafts loads it.
        var isForPreview: Bool { path == "preview.css" || path == "report.css" }

        /// The file at `path`.
        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    let assets: [Asset]
    /// Changes when any template or asset does.
    public let fingerprint: Digest
    /// The beginning of the fingerprint, for the addresses of assets.
    var version: String { String(fingerprint.hex.prefix(12)) }

    let home: Template<HomeView>
    let catalog: Template<CatalogView>
    let message: Template<MessageView>
    let course: Template<ProductView>
    let program: Template<ProductView>
    let instructor: Template<InstructorView>
    let collection: Template<CollectionView>
    let resource: Template<ResourceView>
    /// For the preview and the job that writes certificates.
    let certificate: Template<CertificatePageView>
    let previewIndex: Template<PreviewIndexView>
    let previewDiff: Template<DiffPageView>
    let previewError: Template<DraftErrorView>
    let report: Template<ReportPage>

    /// Compiles the templates that the site needs.
    ///
    /// - Throws: `TemplateError` for a template that is missing or wrong: it says where and what.
    public init(templates sources: [TemplateSource], assets: [Asset]) throws(TemplateError) {
        self.assets = assets.sorted { ByteKey($0.path) < ByteKey($1.path) }
        fingerprint = Self.fingerprint(of: sources, self.assets)
        let library = try TemplateLibrary(sources)
        home = try library.template("home", for: HomeView.self)
        catalog = try library.template("catalog", for: CatalogView.self)
        message = try library.template("message", for: MessageView.self)
        course = try library.template("course", for: ProductView.self)
        program = try library.template("program", for: ProductView.self)
        instructor = try library.template("instructor", for: InstructorView.self)
        collection = try library.template("collection", for: CollectionView.self)
        resource = try library.template("resource", for: ResourceView.self)
        certificate = try library.template("certificate", for: CertificatePageView.self)
        previewIndex = try library.template("preview/index", for: PreviewIndexView.self)
        previewDiff = try library.template("preview/diff", for: DiffPageView.self)
        previewError = try library.template("preview/error", for: DraftErrorView.self)
        report = try library.template("report", for: ReportPage.self)
    }

    private static func fingerprint(of sources: [TemplateSource], _ assets: [Asset]) -> Digest {
        var sha = SHA256()
        let templates = sources.sorted { ByteKey($0.name) < ByteKey($1.name) }
        for source in templates { sha.update("template \(source.name) \(source.text.utf8.count)\n\(source.text)".utf8) }
        for asset in assets {
            sha.update("asset \(asset.path) \(asset.bytes.count)\n".utf8)
            sha.update(asset.bytes)
        }
        return sha.finalize()
    }
}
