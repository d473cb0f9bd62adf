import Bytes
import Catalog
import Markup

extension StructuredData {
    /// What the page of a program says; nil for a program without a page.
    func program(_ program: Program) -> SafeHTML? {
        guard let page = program.page, let url = url(of: program) else { return nil }
        return document("EducationalOccupationalProgram") { object in
            writeBeginning(of: page, title: context.title(of: program), url: url, into: &object)
            let courses = courses(of: program)
            guard !courses.isEmpty else { return }
            object.objects("hasCourse", courses) { writer, course in
                writer.begin("Course")
                writer.member("@id", course.url)
                writer.member("url", course.url)
                writer.member("name", course.name)
            }
        }
    }

    /// The live courses of the program's tree that have a page, each once, in tree order.
    private func courses(of program: Program) -> [(url: String, name: String)] {
        var seen: Set<Int> = []
        return program.requirements.classifiedCourseIDs.filter { seen.insert($0).inserted }
            .compactMap { context.catalog.course($0) }
            .compactMap { course in
                guard course.live, let page = course.page, let url = url(of: course) else { return nil }
                return (url, page.shownTitle(else: context.title(of: course)))
            }
    }

    /// What a page of a list of courses says.
    ///
    /// - Parameters:
    ///   - courses: those on the page.
    ///   - place: where the first of them stands in the whole list, from 1.
    ///   - total: how many the whole list has.
    func list(_ courses: some Sequence<Course>, from place: Int = 1, of total: Int) -> SafeHTML {
        list(
            courses.map { (url: url(of: $0), name: context.title(of: $0)) }, from: place, of: total)
    }

    /// What a page of a list of programs says; see above.
    func list(_ programs: some Sequence<Program>, from place: Int = 1, of total: Int) -> SafeHTML {
        list(
            programs.map { (url: url(of: $0), name: context.title(of: $0)) }, from: place, of: total)
    }

    private func list(_ items: [(url: String?, name: String)], from place: Int, of total: Int) -> SafeHTML {
        document("ItemList") { object in
            object.member("numberOfItems", total)
            object.objects("itemListElement", items.enumerated()) { writer, item in
                writer.begin("ListItem")
                writer.member("position", place + item.offset)
                if let url = item.element.url { writer.member("url", url) }
                writer.member("name", item.element.name)
            }
        }
    }
}
