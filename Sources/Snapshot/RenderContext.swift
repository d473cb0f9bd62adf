import Bytes
import Catalog

/// What every document needs: the catalog, the instant, the settings, and where warnings go.
struct RenderContext {
    let catalog: CourseCatalog
    let now: Timestamp
    let settings: RenderSettings
    /// Where documents are kept that are large together and share no bytes with others; nil for memory.
    private let store: (any FragmentStore)?
    var warnings = WarningList()
    /// The courses that are left out since MIT Learn could not load them.
    var leftOutCourses: Set<Int> = []
    /// The programs that are left out for the same reason; no document names them.
    var leftOutPrograms: Set<Int> = []
    /// Why MIT Learn cannot load a course or program.
    var learnProblems: [Finding.Subject: String] = [:]

    /// The pages whose drafts are previewed; whoever may see the preview may see them.
    var previewedPageIDs: Set<Int> = []

    /// The buffer that documents are written into one after the other, so that each is kept in no more room than it needs.
    private var scratch = ByteBuffer()

    init(
        catalog: CourseCatalog, now: Timestamp, settings: RenderSettings, store: (any FragmentStore)? = nil
    ) {
        self.store = store
        self.catalog = catalog
        self.now = now
        self.settings = settings
    }

    var isStrict: Bool { settings.isStrict }

    /// An empty buffer for one document; hand it back to ``keep(_:)``.
    mutating func documentBuffer() -> ByteBuffer {
        var buffer = ByteBuffer()
        swap(&buffer, &scratch)
        buffer.removeAll()
        return buffer
    }

    /// The bytes of the finished document.
    mutating func keep(_ buffer: consuming ByteBuffer) -> [UInt8] {
        let bytes = buffer.fittedBytes
        scratch = buffer
        return bytes
    }

    /// The document that the slices make up, kept in the store if there is one.
    func stored(_ slices: [ArraySlice<UInt8>]) -> Fragment {
        store?.fragment(of: slices) ?? Fragment(slices)
    }

    /// The finished document, kept in the store if there is one.
    mutating func stored(_ buffer: consuming ByteBuffer) -> Fragment {
        guard let store, let fragment = store.fragment(of: [buffer.bytes[...]]) else { return Fragment(keep(buffer)) }
        scratch = buffer
        return fragment
    }

    /// The address of an image as the catalog documents give it (`spec/catalog.md` §7.2): never percent-encoded, always
    /// with `?v=`.
    func source(of image: Image?) -> String? {
        guard let image, !image.file.isEmpty else { return nil }
        return "\(settings.siteBaseURL)/media/\(image.file)?v=\(image.fileHash)"
    }

    /// The relative URL of a form, empty without one. A page that no site has gives an empty text and a warning [D7].
    mutating func url(of form: FinancialAid.Form?) -> String {
        guard let form else { return "" }
        guard let url = catalog.siteMap.relativeURL(of: form.page) else {
            warnings.add(
                "page-unroutable", "wagtailcore_page", form.page.id,
                "Lies outside every site, so that the financial assistance form below it has no URL; move the page.")
            return ""
        }
        return url + form.slug + "/"
    }
}

/// Warnings in the order in which they were first given, each once.
struct WarningList {
    private(set) var warnings: [Warning] = []
    private var seen: Set<Warning> = []

    mutating func add(_ code: String, _ table: String, _ id: Int, _ text: String) {
        add(Warning(code: code, table: table, id: "\(id)", text: text))
    }

    mutating func add(_ others: WarningList) {
        for warning in others.warnings { add(warning) }
    }

    mutating func add(_ warning: Warning) {
        if seen.insert(warning).inserted { warnings.append(warning) }
    }
}
