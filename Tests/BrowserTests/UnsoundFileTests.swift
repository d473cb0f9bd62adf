import Testing

/// Each check that reads files sees what was made wrong in a sound site.
@Suite("Unsound files")
struct UnsoundFileTests {
    private static let course = "courses/course-v1:U+1x/index.html"
    private static let page = "courses/course-v1:U+1x/"
    private static let dates = "courses/course-v1:U+1x/dates.ics"

    private func expect(
        _ rules: Set<String>, of check: SiteCheck, after edit: (file: String, original: String, replacement: String)
    ) async throws {
        let edited = try EditedSite()
        try edited.replace(edit.original, by: edit.replacement, in: edit.file)
        let found = try await edited.site.findings(check)
        #expect(found.broken == rules, "\(found)")
    }

    @Test(
        "links, ids, and what is loaded",
        arguments: [
            (course, "../course-v1:U+2x/", "../course-v1:U+3x/", "\(page) dead-link"),
            (course, "../course-v1:U+2x/", "../course-v1:U+2x", "\(page) no-slash"),
            (course, "../course-v1:U+2x/", "course-v1:U+2x/", "\(page) scheme"),
            (course, "../course-v1:U+2x/", "javascript:alert(1)", "\(page) scheme"),
            (course, "../course-v1:U+2x/", "https://site.example/nowhere/", "\(page) dead-link"),
            (course, "../course-v1:U+2x/", "../../../elsewhere/", "\(page) outside-folder"),
            (course, "./dates.ics", "./times.ics", "\(page) dead-link"),
            (course, "#about", "#abuot", "\(page) dead-fragment"),
            ("catalog/courses/index.html", "#about", "#abuot", "catalog/courses/ dead-fragment"),
            (course, "<h2 id=\"about\">", "<h2 id=\"about\"><b id=\"main\"></b>", "\(page) duplicate-id"),
            (course, "<meta charset", "<base href=\"/\">\n<meta charset", "\(page) base"),
            ("index.html", "src=\"./assets/icon.svg", "src=\"./assets/ikon.svg", " dead-link"),
            ("index.html", "src=\"./assets/icon.svg", "src=\"//elsewhere.example/icon.svg", " outside-file"),
            ("index.html", "src=\"./assets/icon.svg", "src=\"data:image/gif;base64,R0", " outside-file"),
            ("index.html", "alt=\"A circle\"", "alt=\"\" srcset=\"./assets/a.svg 2x\"", " dead-link"),
            (
                "index.html", "og:url\" content=\"https://site.example/", "og:image\" content=\"https://site.example/a",
                " dead-link"
            ),
            ("assets/site.css", "\"icon.svg?v=1\"", "'../icon.svg'", "assets/site.css dead-link"),
            ("assets/site.css", "\"icon.svg?v=1\"", "https://elsewhere.example/a.svg", "assets/site.css outside-file"),
            ("assets/site.css", "", "@import \"more.css\";", "assets/site.css dead-link"),
        ])
    func links(file: String, original: String, replacement: String, rule: String) async throws {
        try await expect([rule], of: .links, after: (file, original, replacement))
    }

    @Test(
        "structured data",
        arguments: [
            ("\"name\":\"A school\"", "\"nom\":\"A school\"", "json-ld-property"),
            ("\"@type\":\"Course\"", "\"@type\":\"Curse\"", "json-ld-type"),
            ("\"@type\":\"Organization\",", "", "json-ld-type"),
            ("https://schema.org\"", "https://elsewhere.example\"", "json-ld"),
            ("\"description\"", "\"name\":\"\",\"description\"", "json-ld"), ("]}</script>", "}</script>", "json-ld"),
            ("\"url\":\"https://site.example/", "\"url\":\"/", "json-ld-url"),
            ("2027-01-05T15:00:00Z", "January 5", "json-ld-date"),
        ])
    func linkedData(original: String, replacement: String, rule: String) async throws {
        try await expect(["\(Self.page) \(rule)"], of: .data, after: (Self.course, original, replacement))
    }

    @Test(
        "calendars",
        arguments: [
            ("UID:1@site.example\r\n", "", "ics-property"), ("PRODID:-//A school//Tests//EN\r\n", "", "ics-property"),
            ("DTEND:2027", "DTEND:2026", "ics-order"),
            ("DTEND:20270305T150000Z", "DTEND;VALUE=DATE:20270305", "ics-order"),
            ("UID:1@", "UID:2@", "ics-uid"), ("SUMMARY:Course 1\r\n", "SUMMARY:Course 1\n", "ics-lines"),
            (
                "SUMMARY:Course 1", "SUMMARY:Course 1 that has a name which is much too long for one line of a file",
                "ics-lines"
            ),
            ("END:VEVENT\r\n", "", "ics"),
        ])
    func calendars(original: String, replacement: String, rule: String) async throws {
        let edited = try EditedSite()
        try edited.replace(original, by: replacement, in: Self.dates)
        let found = try await edited.site.findings(.data)
        // Of two events with one id, either may be the one that is told.
        #expect(Set(found.problems.map(\.rule)) == [rule], "\(found)")
    }

    @Test(
        "sitemap and feed",
        arguments: [
            ("sitemap.xml", "2026-01-05", "2026-1-5", "sitemap-lastmod"),
            ("sitemap.xml", "https://site.example/catalog/courses/", "https://sites.example/catalog/", "sitemap-url"),
            ("sitemap.xml", "https://site.example/catalog/courses/", "https://site.example/nowhere/", "sitemap-url"),
            (
                "sitemap.xml", "<loc>https://site.example/</loc>",
                "<loc>https://site.example/courses/course-v1:U+1x/</loc>", "sitemap-order"
            ),
            ("sitemap.xml", "</urlset>", "", "sitemap"),
            ("feed.atom", "<author><name>A school</name></author>", "", "feed-element"),
            ("feed.atom", "<title>Vibrations and Waves</title>", "", "feed-element"),
            (
                "feed.atom", "<updated>2026-01-05T10:00:00Z</updated><link", "<updated>5 January 2026</updated><link",
                "feed-time"
            ),
            (
                "feed.atom", "<updated>2026-01-05T10:00:00Z</updated><link",
                "<updated>2026-01-06T10:00:00Z</updated><link", "feed-time"
            ),
            ("feed.atom", "href=\"https://site.example/", "href=\"/", "feed-link"),
            ("feed.atom", "href=\"https://site.example/courses", "href=\"https://site.example/nowhere", "feed-link"),
            ("feed.atom", "Courses</title>", "Courses & more</title>", "feed"),
        ])
    func feeds(file: String, original: String, replacement: String, rule: String) async throws {
        try await expect(["\(file) \(rule)"], of: .data, after: (file, original, replacement))
    }

    @Test("markup")
    func markup() async throws {
        let edited = try EditedSite()
        try edited.replace("<p>For", by: "<p><div>No</div><blink>For", in: "index.html")
        let found = try await edited.site.findings(.markup).problems
        #expect(Set(found.map(\.page)) == ["index.html"])
        #expect(
            found.contains { $0.detail.contains("blink") } && found.contains { $0.detail.contains("“p”") }, "\(found)")
    }
}
