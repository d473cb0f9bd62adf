import Testing

/// The scenario of the catalog page fails where the filters do not do what is promised.
@Suite("Unsound filters")
struct UnsoundFilterTests {
    @Test(
        "what does not work is told",
        arguments: [
            ("addEventListener('popstate', read);", "", "filter"),
            ("query.get(name) || ''", "''", "link"),
            ("`${count} courses`", "`${cards.length} courses`", "count"),
            (".toLowerCase())\n", ")\n", "filter"),
            ("event => event.preventDefault()", "() => form.reset()", "filter"),
            ("form.addEventListener('input', change);", "", "filter"),
            (" && names.slice(1).every(name => !wanted[name] || card.dataset[name] === wanted[name])", "", "choice"),
        ])
    func broken(original: String, replacement: String, rule: String) async throws {
        let edited = try EditedSite("assets/filters.js", original, replacement)
        let found = try await edited.site.findings(.filters, pages: .these(["catalog/courses/"]))
        #expect(found.broken.contains("catalog/courses/ filters:\(rule)"), "\(found)")
    }

    @Test(
        "without script, too",
        arguments: [
            ("aria-label=\"Courses\" hidden>", "aria-label=\"Courses\">", "scriptless"),
            ("<a href=\"../topics/waves/\">Waves</a>", "", "scriptless"),
            ("<select name=\"topic\">", "<select name=\"subject\">", "structure"),
        ])
    func page(original: String, replacement: String, rule: String) async throws {
        let edited = try EditedSite("catalog/courses/index.html", original, replacement)
        let found = try await edited.site.findings(.filters, pages: .these(["catalog/courses/"]))
        #expect(found.broken == ["catalog/courses/ filters:\(rule)"], "\(found)")
    }
}
