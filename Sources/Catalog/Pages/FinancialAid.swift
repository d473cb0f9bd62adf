import Bytes

/// Where learners ask for a lower price (`spec/catalog.md` §7.4).
public struct FinancialAid: Sendable {
    private var formsByCourse: [Int: FinancialAidForm] = [:]
    private var formsByProgram: [Int: FinancialAidForm] = [:]
    private var formsByParentPath: [ByteKey: FinancialAidForm] = [:]
    private var related: [Int: [Int]] = [:]
    private var programPages: [Int: Page] = [:]

    /// The page below which a form's URL lies, and the form.
    public struct Form: Sendable {
        /// The page that the URL begins with.
        public let page: Page
        /// The form's own part of the URL.
        public let slug: String
    }

    init(data: CatalogData, programs: [Program]) {
        let live = data.financialAidForms.filter(\.page.live).sorted { ByteKey($0.page.path) < ByteKey($1.page.path) }
        for form in live {
            if let course = form.courseID, formsByCourse[course] == nil { formsByCourse[course] = form }
            if let program = form.programID, formsByProgram[program] == nil { formsByProgram[program] = form }
            if let parent = form.page.parentPath.map(ByteKey.init), formsByParentPath[parent] == nil {
                formsByParentPath[parent] = form
            }
        }
        for (first, second) in data.relatedPrograms {
            related[first, default: []].append(second)
            related[second, default: []].append(first)
        }
        for program in programs { programPages[program.id] = program.page?.page }
    }

    /// The form for a course that is part of `programs`, as its own document lists them.
    public func form(forCourse course: Course, programs: [Int]) -> Form? {
        guard let page = course.page?.page else { return nil }
        guard !programs.isEmpty else { return ownForm(course: course.id, page: page) }
        let firstPage = programs.compactMap { programPages[$0] }
            .min { ByteKey($0.path) < ByteKey($1.path) }
        if let firstPage, let form = formsByParentPath[ByteKey(firstPage.path)] {
            return Form(page: firstPage, slug: form.page.slug)
        }
        if let form = firstForm(forPrograms: programs + programs.flatMap { related[$0, default: []] }),
            let program = form.programID
        {
            if programs.contains(program) { return Form(page: page, slug: form.page.slug) }
            if let other = programPages[program] { return Form(page: other, slug: form.page.slug) }
        }
        return ownForm(course: course.id, page: page)
    }

    /// The form for a program; `parent` finds the page above a form.
    public func form(forProgram program: Program, parent: (Page) -> Page?) -> Form? {
        guard let page = program.page?.page else { return nil }
        if let form = formsByProgram[program.id] {
            return parent(form.page).map { Form(page: $0, slug: form.page.slug) }
        }
        if let form = formsByParentPath[ByteKey(page.path)] {
            return Form(page: page, slug: form.page.slug)
        }
        guard let form = firstForm(forPrograms: related[program.id, default: []]), let other = form.programID,
            let otherPage = programPages[other]
        else { return nil }
        return Form(page: otherPage, slug: form.page.slug)
    }

    private func ownForm(course: Int, page: Page) -> Form? {
        (formsByCourse[course] ?? formsByParentPath[ByteKey(page.path)]).map { Form(page: page, slug: $0.page.slug) }
    }

    private func firstForm(forPrograms ids: [Int]) -> FinancialAidForm? {
        ids.compactMap { formsByProgram[$0] }.min { ByteKey($0.page.path) < ByteKey($1.page.path) }
    }
}
