import Bytes
import Catalog

extension SnapshotRenderer {
    /// The documents of pages (`spec/catalog.md` §6.8).
    mutating func renderPages() {
        let unowned = context.catalog.unownedProductPages.filter(context.isListed)
        var courses: [PageRendering] = renderedCourses.compactMap { rendering in
            guard let document = rendering.page, let page = rendering.course.page else { return nil }
            return PageRendering(id: page.page.id, readableID: rendering.course.readableID, document: document)
        }
        courses += unowned.filter { $0.kind == .course }.map { rendering(of: $0, nil, details: [Fixed.null]) }
        var programs: [PageRendering] = []
        for program in context.catalog.programs where !program.b2bOnly && !context.leftOutPrograms.contains(program.id)
        {
            guard let page = program.page, context.isListed(page) else { continue }
            programs.append(rendering(of: page, program.readableID, details: details(of: program)))
        }
        programs += unowned.filter { $0.kind == .program }.map { rendering(of: $0, nil, details: [Fixed.null]) }
        // A certificate of an organisation's program would name it; only `strict` shows it.
        let hidden = context.isStrict ? [] : Set(context.catalog.programs.filter(\.b2bOnly).compactMap(\.page?.page.id))
        let certificates = context.catalog.certificatePages.filter { certificate in
            context.isReadable(certificate.page)
                && !(context.catalog.parent(of: certificate.page).map { hidden.contains($0.id) } ?? false)
        }
        file(courses, .course)
        file(programs, .program)
        file(
            certificates.map { PageRendering(id: $0.page.id, readableID: nil, document: document(of: $0)) },
            .certificate)
    }

    /// The document of a page, and under which names it is filed.
    private struct PageRendering {
        let id: Int
        let readableID: String?
        let document: Fragment
    }

    private mutating func rendering(
        of page: ProductPage, _ readableID: String?, details: [ArraySlice<UInt8>]
    ) -> PageRendering {
        PageRendering(
            id: page.page.id, readableID: readableID, document: context.document(of: page, details: details))
    }

    private mutating func file(_ pages: [PageRendering], _ type: PageType) {
        let folder = "\(Self.publicRoot)/api/v2/pages"
        let pages = pages.sorted { $0.id < $1.id }
        for page in pages {
            add("\(folder)/\(page.id)/index.json", page.document)
            guard let readableID = page.readableID, ReadableIDFolder.problem(with: readableID) == nil else { continue }
            publicArtifacts.append(
                Artifact(path: "\(folder)/\(type.folder)/\(readableID)/index.json", body: .pages([page.document])))
        }
        publicArtifacts.append(
            Artifact(path: "\(folder)/\(type.folder)/index.json", body: .pages(pages.map(\.document))))
    }

    /// What a page's program is, without its products.
    private mutating func details(of program: Program) -> [ArraySlice<UInt8>] {
        if let known = programDocuments[program.id] { return known.pageDetails }
        return context.document(of: program, parents: [], collections: collectionIDs[program.id] ?? []).pageDetails
    }

    private mutating func document(of certificate: CertificatePage) -> Fragment {
        var buffer = context.documentBuffer()
        buffer.object { context.write(certificate, parent: nil, into: &$0) }
        return context.stored(buffer)
    }

    /// What queries are answered with that find nothing (§5.4).
    mutating func renderAnswers() {
        let nothing = "{\"count\":0,\"next\":null,\"previous\":null,\"results\":[]}"
        add("\(Self.publicRoot)/api/v2/empty.json", Fragment(Array(nothing.utf8)))
        if context.settings.pages {
            publicArtifacts.append(Artifact(path: "\(Self.publicRoot)/api/v2/pages/empty.json", body: .pages([])))
        }
    }
}

extension ArtifactBody {
    /// The envelope of the page API.
    fileprivate static func pages(_ items: [Fragment]) -> ArtifactBody {
        var head = ByteBuffer()
        head.append("{\"meta\":{\"total_count\":")
        head.append(items.count)
        head.append("},\"items\":[")
        return ArtifactBody(
            pieces: [.bytes(head.fittedBytes[...])] + items.separated + [.bytes(Fixed.listClosing)])
    }
}
