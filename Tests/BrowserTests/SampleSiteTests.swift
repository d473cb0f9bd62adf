import Testing

/// The site of the sample catalog as a browser, a checker and readers of other people see it.
@Suite("The sample's site")
struct SampleSiteTests {
    /// A page of each template.
    private static let kinds = PageChoice.these([
        "", "404.html", "catalog/courses/", "catalog/programs/", "courses/course-v1:SampleX+6.186x/", "help/",
        "instructors/leila-haddad/", "program-collections/start-here/", "programs/program-v1:SampleX+EIT/",
    ])

    @Test("every page loads without a complaint or an outside request, behind the server as it is delivered")
    func everyPage() async throws {
        try await SampleSite.served.value.site.expectNone(of: .loading, pages: .all)
    }

    @Test("every file: markup, links, ids, structured data, calendars, sitemap and feed")
    func files() async throws {
        try await SampleSite.served.value.site.expectNone(of: .markup, .links, .data)
    }

    @Test("a page of each kind is accessible, light and dark, narrow and wide")
    func accessibility() async throws {
        try await SampleSite.served.value.site.expectNone(of: .accessibility, pages: Self.kinds)
    }

    @Test("a page of each kind by keyboard alone, and printed")
    func keyboard() async throws {
        try await SampleSite.served.value.site.expectNone(of: .keyboard(.light), .printing, pages: Self.kinds)
    }

    @Test("filters and search of the catalog find what they promise, with a server and without")
    func filters() async throws {
        let site = try await SampleSite.served.value.site
        try await site.expectNone(of: .filters(), pages: .these(["catalog/courses/"]))
        try await site.onDisk.expectNone(of: .filters(), pages: .these(["catalog/courses/"]))
    }

    @Test("a page of each kind opens from disk, and leads to others")
    func disk() async throws {
        try await SampleSite.served.value.site.onDisk.expectNone(of: .disk, pages: Self.kinds)
    }

    @Test("the pages of previews: markup, links and ids; the list, the report, a draft and its changes are accessible")
    func preview() async throws {
        let preview = try await SampleSite.served.value.preview
        try await preview.expectNone(of: .markup, .links)
        try await preview.expectNone(
            of: .accessibility, .loading,
            pages: .these(["", "report.html", "104/", "104/diff.html", "252/", "401/"]))
    }
}
