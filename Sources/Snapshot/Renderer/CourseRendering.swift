import Catalog

/// All documents of one course, ready to be put into files and lists.
struct CourseRendering: Sendable {
    let course: Course
    /// What everybody may read; nil for a course that is not live.
    let document: Fragment?
    /// The same as lists show it.
    let listed: Fragment?
    /// The same with open runs alone; nil for a course that is not in the catalog.
    let enrollable: Fragment?
    /// What MIT Learn's ETL reads, and the same as lists show it.
    let internalDocument: Fragment
    let internalListed: Fragment
    /// The document of its page; nil when the page has none.
    let page: Fragment?
}

extension RenderContext {
    /// Renders all documents of `course`.
    mutating func rendering(of course: Course) -> CourseRendering {
        let document = course.live ? publicDocument(of: course) : nil
        let listed = document.map { inList($0.whole, of: course, for: .everyone, runs: course.publicRuns.onePerTag) }
        let enrollable = document.flatMap { isInCatalog(course) ? openOnly(course, $0) : nil }
        let internalDocument = internalDocument(of: course, sharing: document)
        return CourseRendering(
            course: course, document: document?.whole, listed: listed, enrollable: enrollable,
            internalDocument: internalDocument,
            internalListed: inList(internalDocument, of: course, for: .etl, runs: course.runs),
            page: settings.pages ? pageDocument(of: course, document) : nil)
    }

    private mutating func publicDocument(of course: Course) -> CourseDocument {
        document(of: course, for: .everyone, departments: course.departments, runs: course.publicRuns.onePerTag)
    }

    /// The document for MIT Learn's ETL, which mostly differs from the public one only in having more runs.
    private mutating func internalDocument(of course: Course, sharing known: CourseDocument?) -> Fragment {
        guard let known, known.view == view(of: course, for: .etl, departments: course.departments) else {
            return ownDocument(of: course, for: .etl, departments: course.departments, runs: course.runs)
        }
        return known.with(runs: course.runs.map { etlRun($0, of: course, knownAs: known.bytes(of: $0)) })
    }

    /// The document as lists show it: the same, but that in `strict` departments come in the order in which they were attached
    /// (§6.1).
    private mutating func inList(
        _ known: Fragment, of course: Course, for audience: Audience, runs: [CourseRun]
    ) -> Fragment {
        guard isStrict, course.departments != course.departmentsAsAttached else { return known }
        return ownDocument(of: course, for: audience, departments: course.departmentsAsAttached, runs: runs)
    }

    /// The document with open runs alone, one a tag. An open run may stand for its tag here although a closed one does so in
    /// the document.
    private mutating func openOnly(_ course: Course, _ known: CourseDocument) -> Fragment {
        let open = course.publicRuns.filter { $0.isOpen(at: now) }.onePerTag
        guard !isStrict || course.departments == course.departmentsAsAttached else {
            return ownDocument(of: course, for: .everyone, departments: course.departmentsAsAttached, runs: open)
        }
        return known.with(runs: open.map { [known.bytes(of: $0) ?? encoded($0, of: course)] })
    }

    /// A document whose bytes no other takes over.
    private mutating func ownDocument(
        of course: Course, for audience: Audience, departments: [Department], runs: [CourseRun]
    ) -> Fragment {
        var buffer = documentBuffer()
        _ = write(course, for: audience, departments: departments, runs: runs, into: &buffer)
        return stored(buffer)
    }

    private mutating func pageDocument(of course: Course, _ known: CourseDocument?) -> Fragment? {
        guard let page = course.page, isListed(page) else { return nil }
        let details =
            known.flatMap { isStrict ? nil : $0.details }
            ?? document(
                of: course, for: isStrict ? .strictPage : .everyone, departments: course.departments, runs: []
            ).details
        return document(of: page, details: details)
    }

    /// Whether the page has a document: everybody may read it, and MIT Learn shall list it (§6.8).
    func isListed(_ page: ProductPage) -> Bool {
        page.includeInLearnCatalog == true && isReadable(page.page)
    }
}
