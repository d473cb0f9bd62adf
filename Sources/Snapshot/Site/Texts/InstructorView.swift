import Catalog
import Markup

/// The page of somebody who teaches (`spec/catalog.md` §10.1).
struct InstructorView: FramedView {
    var page: PageFrame
    let person: PersonView
    let courses: [CardView]
    let programs: [CardView]

    static let fields = TemplateFields<InstructorView>(
        .record("page", \.page), .record("person") { $0.person },
        .flag("hasCourses") { !$0.courses.isEmpty }, .list("courses", \.courses),
        .flag("hasPrograms") { !$0.programs.isEmpty }, .list("programs", \.programs))
}

extension SiteRenderer {
    mutating func renderInstructors() async throws(TemplateError) {
        try await addPages(of: plan.instructors) { renderer, instructor throws(TemplateError) in
            guard let path = renderer.plan.path(of: instructor.page) else { return }
            let view = renderer.view(of: instructor, at: PagePlace(path: path))
            try renderer.addPage(path, renderer.templates.instructor, view)
        }
    }

    /// What the page of `instructor` at `place` says: the long life, else the short one; what they teach.
    mutating func view(of instructor: Instructor, at place: PagePlace) -> InstructorView {
        func bio(_ text: String?, _ field: String) -> SafeHTML? {
            let source = TextSource(table: "cms_instructorpage", id: instructor.page.id, field: field)
            return html(text, of: source, at: place, headings: 2)
        }
        let life = bio(instructor.longBio, "instructor_bio_long") ?? bio(instructor.shortBio, "instructor_bio_short")
        let name = instructor.name.trimmed.isEmpty ? instructor.page.title : instructor.name
        let title = instructor.page.seoTitle.trimmed.isEmpty ? name : instructor.page.seoTitle
        return InstructorView(
            page: frame(
                at: place, title: title,
                description: metaDescription(of: instructor.page, else: instructor.longBio ?? instructor.shortBio),
                image: instructor.featureImage),
            person: PersonView(
                name: name, url: nil, title: instructor.title?.trimmed,
                portrait: MediaLink.view(of: instructor.featureImage, preferring: Self.portraitFilters, from: place),
                bio: life),
            courses: (productLists.coursesByInstructor[instructor.page.id] ?? []).map { card(of: $0, at: place) },
            programs: (productLists.programsByInstructor[instructor.page.id] ?? []).map { card(of: $0, at: place) })
    }
}
