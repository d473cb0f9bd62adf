import Bytes
import Catalog

extension SnapshotRenderer {
    /// The documents of pages (`spec/catalog.md` §6.8).
    mutating func renderPages() {
        let unowned = context.catalog.unownedProductPages
        let courses =
            context.catalog.courses.filter { !context.leftOutCourses.contains($0.id) }.compactMap { course in
                course.page.map { ($0, Optional(course)) }
            }
            + unowned.filter { $0.kind == .course }.map { ($0, nil) }
        let programs =
            context.catalog.programs.filter { !$0.b2bOnly && !context.leftOutPrograms.contains($0.id) }
            .compactMap { program in program.page.map { ($0, Optional(program)) } }
            + unowned.filter { $0.kind == .program }.map { ($0, nil) }
        // A certificate of an organisation's program would name it; only `strict` shows it.
        let hidden = context.isStrict ? [] : Set(context.catalog.programs.filter(\.b2bOnly).compactMap(\.page?.page.id))
        let certificates = context.catalog.certificatePages.filter { certificate in
            context.isReadable(certificate.page)
                && !(context.catalog.parent(of: certificate.page).map { hidden.contains($0.id) } ?? false)
        }

        render(
            .course,
            items: listed(courses).map { page, course in
                (page.page.id, course?.readableID, context.document(of: page, details: courseDetails(course)))
            })
        render(
            .program,
            items: listed(programs).map { page, program in
                (page.page.id, program?.readableID, context.document(of: page, details: programDetails(program)))
            })
        render(.certificate, items: certificates.map { ($0.page.id, nil, document(of: $0)) })
    }

    /// The pages that everybody may read and that MIT Learn shall list, by id.
    private func listed<Owner>(_ pages: [(ProductPage, Owner?)]) -> [(ProductPage, Owner?)] {
        pages.filter { $0.0.includeInLearnCatalog == true && context.isReadable($0.0.page) }
            .sorted { $0.0.page.id < $1.0.page.id }
    }

    private mutating func render(
        _ type: PageType, items: [(id: Int, readableID: String?, pieces: [ArtifactBody.Piece])]
    ) {
        let folder = "\(Self.publicRoot)/api/v2/pages"
        for item in items {
            add("\(folder)/\(item.id)/index.json", item.pieces)
            guard let readableID = item.readableID, ReadableIDFolder.problem(with: readableID) == nil else { continue }
            artifacts.append(
                Artifact(path: "\(folder)/\(type.folder)/\(readableID)/index.json", body: .pages([item.pieces])))
        }
        artifacts.append(
            Artifact(path: "\(folder)/\(type.folder)/index.json", body: .pages(items.map(\.pieces))))
    }

    /// What the page's course is, without its runs; in `strict` with the page API's own oddities.
    private mutating func courseDetails(_ course: Course?) -> [ArtifactBody.Piece] {
        guard let course else { return [.bytes(Fixed.null)] }
        if !context.isStrict, let known = courseDocuments[course.id] { return known.details }
        return context.document(
            of: course, for: context.isStrict ? .strictPage : .everyone, departments: course.departments, runs: []
        ).details
    }

    /// What the page's program is, without its products.
    private mutating func programDetails(_ program: Program?) -> [ArtifactBody.Piece] {
        guard let program else { return [.bytes(Fixed.null)] }
        if let known = programDocuments[program.id] { return known.pageDetails }
        return context.document(of: program, parents: [], collections: collectionIDs[program.id] ?? []).pageDetails
    }

    private func document(of certificate: CertificatePage) -> [ArtifactBody.Piece] {
        var buffer = ByteBuffer()
        buffer.object { context.write(certificate, parent: nil, into: &$0) }
        return [.bytes(buffer.bytes[...])]
    }

    /// What queries are answered with that find nothing (§5.4).
    mutating func renderAnswers() {
        let nothing = "{\"count\":0,\"next\":null,\"previous\":null,\"results\":[]}"
        add("\(Self.publicRoot)/api/v2/empty.json", [.bytes(Array(nothing.utf8)[...])])
        if context.settings.pages {
            artifacts.append(Artifact(path: "\(Self.publicRoot)/api/v2/pages/empty.json", body: .pages([])))
        }
    }
}

extension ArtifactBody {
    /// The envelope of the page API.
    fileprivate static func pages(_ items: [[Piece]]) -> ArtifactBody {
        var head = ByteBuffer()
        head.append("{\"meta\":{\"total_count\":")
        head.append(items.count)
        head.append("},\"items\":[")
        return ArtifactBody(
            pieces: [.bytes(head.bytes[...])] + items.joined(by: Fixed.comma) + [.bytes(Fixed.listClosing)])
    }
}
