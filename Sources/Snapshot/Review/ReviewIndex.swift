import Catalog

/// Of what course or program a row is part, and what people call it.
struct ReviewIndex {
    /// A row's object.
    struct Entry {
        let subject: Finding.Subject
        let title: String
    }

    private var entries: [String: [Int: Entry]] = [:]
    /// Product pages, by page id; whatever table names a page, the id is the same.
    private var pages: [Int: Entry] = [:]
    private let allPages: [Int: Page]

    init(_ context: RenderContext) {
        let catalog = context.catalog
        allPages = catalog.pages
        for course in catalog.courses {
            let title = context.title(of: course)
            let entry = Entry(subject: .course(course.id), title: title)
            entries["courses_course", default: [:]][course.id] = entry
            for run in course.runs {
                entries["courses_courserun", default: [:]][run.id] = Entry(
                    subject: .course(course.id), title: run.coursewareID)
            }
            add(course.page, entry)
        }
        for program in catalog.programs {
            let entry = Entry(subject: .program(program.id), title: context.title(of: program))
            entries["courses_program", default: [:]][program.id] = entry
            for node in program.requirements.nodes + program.requirements.orphans {
                let title = node.title.flatMap { $0.isEmpty ? nil : $0 } ?? entry.title
                entries["courses_programrequirement", default: [:]][node.id] = Entry(
                    subject: .program(program.id), title: title)
            }
            add(program.page, entry)
        }
        for department in catalog.departments {
            entries["courses_department", default: [:]][department.id] = Entry(
                subject: .other, title: department.name)
        }
    }

    private mutating func add(_ page: ProductPage?, _ entry: Entry) {
        guard let page else { return }
        pages[page.page.id] = entry
        for link in page.instructors { entries["cms_instructorpagelink", default: [:]][link.id] = entry }
    }

    /// The object of the row; of a row that is not known, its table's name and key.
    func entry(table: String, id: String) -> Entry {
        guard let number = Int(id) else { return Entry(subject: .other, title: "\(table) \(id)") }
        if let entry = entries[table]?[number] { return entry }
        if table.hasPrefix("cms_") || table.hasPrefix("wagtailcore_page") || table == "courses_programcollection" {
            if let entry = pages[number] { return entry }
            if let page = allPages[number] { return Entry(subject: .other, title: page.title) }
        }
        return Entry(subject: .other, title: "\(table) \(id)")
    }
}
