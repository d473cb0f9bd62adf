extension Fixture {
    /// Adds a page as the last one below the page `parent`, everything else as that one has it.
    public mutating func addPage(_ id: Int, below parent: Int, title: String, slug: String, live: Bool = true) throws {
        let pages = "wagtailcore_page"
        let above = (try value(pages, parent, "path") ?? "", try value(pages, parent, "url_path") ?? "")
        let path = above.0 + nextStep(below: above.0)
        try copy(
            pages, parent,
            [
                "id": "\(id)", "path": path, "depth": "\(path.utf8.count / 4)", "numchild": "0", "title": title,
                "draft_title": title, "slug": slug, "url_path": "\(above.1)\(slug)/", "live": live ? "t" : "f",
                "has_unpublished_changes": "f", "translation_key": "00000000-0000-4000-8000-\(digits(id, width: 12))",
            ])
    }

    /// The last four characters of the path of a new page there.
    private func nextStep(below path: String) -> String {
        let column = tables["wagtailcore_page"]?.columns.firstIndex(of: "path") ?? 0
        let steps = (tables["wagtailcore_page"]?.rows ?? []).compactMap { $0[column] }
            .filter { $0.hasPrefix(path) && $0.utf8.count == path.utf8.count + 4 }
            .compactMap { Int($0.suffix(4)) }
        return digits((steps.max() ?? 0) + 1, width: 4)
    }

    private func digits(_ number: Int, width: Int) -> String {
        String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
    }
}
