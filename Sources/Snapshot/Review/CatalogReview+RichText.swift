import Catalog
import Markup

/// What rich text refers to and is not there. Links that are there but lead to no page of the site are told of when pages are
/// rendered (`link-broken`).
extension CatalogReview {
    mutating func lookAtReferences(of page: ProductPage, table: String) {
        let texts = [
            ("description", page.description), ("prerequisites", page.prerequisites), ("about", page.about),
            ("what_you_learn", page.whatYouLearn),
        ]
        for (column, text) in texts { lookAtReferences(in: text, table, page.page.id, column) }
        for instructor in page.instructors.compactMap(\.instructor) {
            let id = instructor.page.id
            lookAtReferences(in: instructor.shortBio, "cms_instructorpage", id, "instructor_bio_short")
            lookAtReferences(in: instructor.longBio, "cms_instructorpage", id, "instructor_bio_long")
        }
    }

    mutating func lookAt(_ resource: ResourcePage) {
        guard resource.page.live else { return }
        for section in resource.sections {
            lookAtReferences(in: section.detail, "cms_resourcepage", resource.page.id, "content")
        }
    }

    mutating func lookAtReferences(in text: String?, _ table: String, _ id: Int, _ column: String) {
        guard let text, !text.isEmpty else { return }
        let recorder = ReferenceRecorder(context)
        _ = RichText.expanded(text, from: recorder)
        for missing in recorder.missing {
            add(
                .warning, "reference-missing", table, id,
                "Has a text (\(column)) that refers to \(missing), which is not there",
                "choose another there, or take the reference away")
        }
    }
}

/// Remembers which references nothing was found for.
private final class ReferenceRecorder: RichTextSource {
    private let context: RenderContext
    private(set) var missing: [String] = []

    init(_ context: RenderContext) {
        self.context = context
    }

    func pageURL(id: Int) -> String? {
        if context.catalog.pages[id] == nil { missing.append("page \(id)") }
        return context.pageURL(id: id)
    }

    func documentFileName(id: Int) -> String? {
        let name = context.documentFileName(id: id)
        if name == nil { missing.append("document \(id)") }
        return name
    }

    func image(id: Int, filterSpec: String) -> RichTextImage? {
        let image = context.image(id: id, filterSpec: filterSpec)
        if image == nil { missing.append("image \(id)") }
        return image
    }

    /// Media of other sites need not be known.
    func embedHTML(url: String) -> String? { nil }
}
