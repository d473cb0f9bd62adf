import Testing

/// The scenario of the catalog page fails where the filters do not do what is promised.
@Suite("Unsound filters")
struct UnsoundFilterTests {
    private static let catalog = "catalog/courses/index.html"

    /// What is found on copies of the catalog's page, of which each is broken in its own way; all in one browser.
    private func findings(
        _ count: Int, _ edit: (Int, String, borrowing EditedSite) throws -> Void
    ) async throws -> [Finding] {
        let edited = try EditedSite()
        for number in 0..<count { try edit(number, "catalog/\(number)/index.html", edited) }
        let pages = (0..<count).map { "catalog/\($0)/" }
        return try await edited.site.findings(.filters(patience: 2), pages: .these(pages))
    }

    @Test("what the script does not do is told")
    func script() async throws {
        let defects: [(original: String, replacement: String, rule: String)] = [
            ("addEventListener('popstate', read);", "", "filter"), ("query.get(name) || ''", "''", "link"),
            ("`${count} courses`", "`${cards.length} courses`", "count"), (".toLowerCase())\n", ")\n", "search"),
            ("event => event.preventDefault()", "() => form.reset()", "filter"),
            ("form.addEventListener('input', change);", "", "filter"),
            ("names.slice(1).every(name => !wanted[name] || card.dataset[name] === wanted[name])", "true", "choice"),
            ("!wanted[name] || card", "card", "results"),
        ]
        let found = try await findings(defects.count) { number, page, site in
            let script = "filters-\(number).js"
            try site.replace("filters.js?v=1", by: script, in: Self.catalog, into: page)
            try site.replace(
                defects[number].original, by: defects[number].replacement, in: "assets/filters.js",
                into: "assets/\(script)")
        }
        for (number, defect) in defects.enumerated() {
            #expect(
                found.broken.contains("catalog/\(number)/ filters:\(defect.rule)"),
                "\(defect.replacement): \(found.filter { $0.page == "catalog/\(number)/" })")
        }
    }

    @Test("what the page lacks is told")
    func page() async throws {
        let defects: [(original: String, replacement: String, rule: String)] = [
            ("aria-label=\"Courses\" hidden>", "aria-label=\"Courses\">", "scriptless"),
            ("<a href=\"../topics/waves/\">Waves</a>", "", "scriptless"),
            ("<select name=\"topic\">", "<select name=\"subject\">", "structure"),
            (" role=\"status\"", "", "structure"),
        ]
        let found = try await findings(defects.count) { number, page, site in
            let defect = defects[number]
            try site.replace(defect.original, by: defect.replacement, in: Self.catalog, into: page)
        }
        for (number, defect) in defects.enumerated() {
            #expect(
                found.broken.contains("catalog/\(number)/ filters:\(defect.rule)"),
                "\(found.filter { $0.page == "catalog/\(number)/" })")
        }
    }
}
