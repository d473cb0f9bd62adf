import Bytes
import Catalog
import Markup

/// Renders drafts with the views and templates of the site itself.
struct PreviewRenderer {
    private(set) var artifacts: [Artifact] = []
    private let source: Preview.Source
    private let templates: SiteTemplates
    private var links: PreviewLinks
    private var site: SiteRenderer
    private let texts: FieldText
    private let products: [ByteKey: ProductPage]

    var media: Set<ByteKey> { links.media }
    var warnings: [Warning] { site.context.warnings.warnings }

    /// What leads from a draft's folder, and from the list, to the preview's root.
    private static let (above, here) = ("../", "./")

    init(_ source: Preview.Source, _ context: RenderContext, templates: SiteTemplates) {
        self.source = source
        self.templates = templates
        let catalog = context.catalog
        let courses = context.inTitleOrder(catalog.courses, id: \.id, title: context.title)
        let programs = context.inTitleOrder(catalog.programs, id: \.id, title: context.title)
        site = SiteRenderer(context, templates: templates, courses: courses, programs: programs)
        links = PreviewLinks(
            site.plan, draftIDs: Set(source.drafted.pages.map(\.draft.pageID)),
            siteBaseURL: context.settings.siteBaseURL, hasMedia: source.hasMedia)
        texts = FieldText(catalog)
        let pages = catalog.courses.compactMap(\.page) + catalog.programs.compactMap(\.page)
        products = Dictionary(pages.map { (ByteKey($0.page.path), $0) }) { first, _ in first }
    }

    mutating func render() throws(TemplateError) {
        let diffs = source.drafted.pages.map { page in
            (page: page, changes: page.changes.map { FieldDiffView($0, texts) })
        }
        for diff in diffs {
            let folder = "\(diff.page.draft.pageID)/"
            try renderDraft(diff.page, in: folder)
            add("\(folder)diff.json", diff.page.diffJSON)
            var frame = frame(at: folder, title: "Changes: \(diff.page.title)", top: Self.above)
            frame.draft = DraftBar(diff.page)
            frame.draft?.changesURL = nil
            try addPage(
                "\(folder)diff.html", templates.previewDiff,
                DiffPageView(
                    page: frame, title: "Changes", isSingle: true, indexURL: "\(Self.above)index.html",
                    drafts: [DraftDiffView(diff.page, folder: Self.here, changes: diff.changes)]), top: Self.above)
        }
        let sorted = diffs.sorted {
            (ByteKey($0.page.title), $0.page.draft.pageID) < (ByteKey($1.page.title), $1.page.draft.pageID)
        }
        try addPage(
            "diff.html", templates.previewDiff,
            DiffPageView(
                page: frame(at: "", title: "Changes in all drafts", top: Self.here), title: "Changes in all drafts",
                isSingle: false, indexURL: "./index.html",
                drafts: sorted.map {
                    DraftDiffView($0.page, folder: "./\($0.page.draft.pageID)/", changes: $0.changes)
                }), top: Self.here)
        try renderIndex()
        try renderReport()
        for asset in templates.assets { add("assets/\(asset.path)", asset.bytes) }
    }

    private mutating func renderIndex() throws(TemplateError) {
        let pages = source.drafted.pages
        let view = PreviewIndexView(
            page: frame(at: "", title: "Drafts", top: Self.here),
            count: "\(pages.count) draft\(pages.count == 1 ? "" : "s")",
            drafts: pages.map { page in
                PreviewIndexView.Entry(
                    title: page.title, kind: page.kindInWords, folder: "./\(page.draft.pageID)/", isLive: page.isLive,
                    bar: DraftBar(page), problem: page.error?.description)
            }, hasReport: source.report != nil)
        try addPage("index.html", templates.previewIndex, view, top: Self.here)
    }

    private mutating func renderReport() throws(TemplateError) {
        guard let report = source.report else { return }
        let place = PagePlace(path: "preview/", root: PreviewLinks.root, assets: "\(Self.here)assets/")
        try addPage("report.html", templates.report, site.reportPage(report, at: place), top: Self.here)
    }

    /// The frame of a page of the preview itself.
    private mutating func frame(at path: String, title: String, top: String) -> PageFrame {
        let place = PagePlace(path: "preview/\(path)", root: PreviewLinks.root, assets: "\(top)assets/")
        return site.frame(at: place, title: title)
    }

    private mutating func addPage<Record>(
        _ file: String, _ template: Template<Record>, _ record: Record, top: String
    ) throws(TemplateError) {
        var buffer = ByteBuffer()
        try template.render(record, into: &buffer)
        add(file, links.resolved(buffer.bytes, top: top))
    }

    private mutating func add(_ file: String, _ bytes: [UInt8]) {
        artifacts.append(Artifact(path: "\(Preview.root)/\(file)", body: ArtifactBody(bytes)))
    }
}

extension PreviewRenderer {
    /// The draft's page, or one that says why there is none.
    private mutating func renderDraft(_ page: DraftPage, in folder: String) throws(TemplateError) {
        let file = "\(folder)index.html"
        guard page.error == nil else {
            return try renderError(page, page.error, in: folder)
        }
        let catalog = source.drafted.catalog
        let id = page.draft.pageID
        let place = PagePlace(
            path: site.plan.pagePaths[id] ?? "preview/\(folder)", root: PreviewLinks.root,
            assets: "\(Self.above)assets/")
        /// The view with the bar of this draft.
        func drafted<View: FramedView>(_ view: View) -> View {
            var view = view
            view.page.draft = DraftBar(page)
            return view
        }
        switch page.kind {
        case .product:
            if let course = catalog.courses.first(where: { $0.page?.page.id == id }), let product = course.page {
                var view = drafted(site.view(of: course, product, at: place))
                // The calendar is the site's, if it has one.
                view.facts.calendarURL = nil
                return try addPage(file, templates.course, view, top: Self.above)
            }
            if let program = catalog.programs.first(where: { $0.page?.page.id == id }), let product = program.page {
                let view = drafted(site.view(of: program, product, at: place))
                return try addPage(file, templates.program, view, top: Self.above)
            }
        case .instructor:
            if let instructor = catalog.instructors.first(where: { $0.page.id == id }) {
                let view = drafted(site.view(of: instructor, at: place))
                return try addPage(file, templates.instructor, view, top: Self.above)
            }
        case .certificate:
            if let certificate = catalog.certificatePages.first(where: { $0.page.id == id }) {
                var view = drafted(site.view(of: certificate, sample(page, certificate), at: place))
                view.sampleNote = "The learner, the date and the number of this certificate are invented."
                return try addPage(file, templates.certificate, view, top: Self.above)
            }
        case .home:
            if let home = catalog.homePages.first(where: { $0.page.id == id }) {
                let view = drafted(site.view(of: home, at: place))
                return try addPage(file, templates.home, view, top: Self.above)
            }
        case .resource:
            if let resource = catalog.resourcePages.first(where: { $0.page.id == id }) {
                let view = drafted(site.view(of: resource, at: place))
                return try addPage(file, templates.resource, view, top: Self.above)
            }
        case .collection:
            if let collection = catalog.collections.first(where: { $0.page.id == id }) {
                let view = drafted(site.view(of: collection, at: place))
                return try addPage(file, templates.collection, view, top: Self.above)
            }
        }
        try renderError(page, nil, in: folder)
    }

    private mutating func renderError(
        _ page: DraftPage, _ error: DraftError?, in folder: String
    ) throws(TemplateError) {
        var frame = frame(at: folder, title: page.title, top: Self.above)
        frame.draft = DraftBar(page)
        frame.draft?.isShown = false
        let view = DraftErrorView(
            page: frame, title: page.title, field: error?.field,
            problem: error?.problem
                ?? "another page has taken its course or program; publish or discard one of the drafts",
            indexURL: "\(Self.above)index.html")
        try addPage("\(folder)index.html", templates.previewError, view, top: Self.above)
    }

    /// A certificate of nobody: the same one at every preview.
    private func sample(_ page: DraftPage, _ certificate: CertificatePage) -> CertificateFacts {
        let product = certificate.page.parentPath.flatMap { products[ByteKey($0)] }
        let program = product.flatMap { $0.kind == .program ? $0.ownerID : nil }
        return CertificateFacts(
            learner: "Alex Example", uuid: "00000000-0000-0000-0000-000000000000",
            issued: page.draft.created.map(DayView.abbreviated),
            programType: program.flatMap { source.drafted.catalog.program($0)?.programType },
            isProgram: program != nil)
    }
}
