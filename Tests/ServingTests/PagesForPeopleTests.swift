import Support
import Testing

/// Beside the documents there may be pages for people.
@Suite("Pages for people")
struct PagesForPeopleTests {
    private let site: HandMadeSite

    init() throws {
        site = try HandMadeSite()
        try site.write("<p>home</p>", to: "public/index.html")
        try site.write("<p>courses</p>", to: "public/catalog/courses/index.html")
        try site.write("body {}", to: "public/static/site.css")
        try site.write("User-agent: *", to: "public/robots.txt")
        try site.write("bytes", to: "public/static/font")
        try site.write("BEGIN:VCALENDAR", to: "public/courses/course-v1:U+1x/dates.ics")
        try site.write("<feed/>", to: "public/feed.atom")
        try site.write("<urlset/>", to: "public/sitemap.xml")
        try site.write("<svg/>", to: "public/media/image.svg")
        try site.write("{}", to: "public/catalog/index.json")
        try site.write("{}", to: "public/api/v2/courses/index.json")
    }

    @Test("are HTML, in folders, and may load only what is the site's own; so under the id of a snapshot")
    func pages() throws {
        for start in ["", "/_s/\(HandMadeSite.snapshot)"] {
            for (url, text) in [("/", "<p>home</p>"), ("/catalog/courses/?x=y", "<p>courses</p>")] {
                let response = try site.get(start + url)
                #expect(response.status == 200 && response.text == text)
                #expect(response["Content-Type"] == "text/html; charset=utf-8")
                #expect(
                    response["Content-Security-Policy"] == """
                        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                        connect-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
                        """)
                #expect(response["X-Content-Type-Options"] == "nosniff")
                #expect(response["Referrer-Policy"] == "strict-origin-when-cross-origin")
            }
            let redirect = try site.get("\(start)/catalog/courses?x=y")
            #expect(redirect.status == 301 && redirect["Location"] == "\(start)/catalog/courses/?x=y")
            let style = try site.get("\(start)/static/site.css")
            #expect(style.text == "body {}" && style["Content-Type"] == "text/css; charset=utf-8")
            #expect(try site.get("\(start)/static/font")["Content-Type"] == "application/octet-stream")
            #expect(try site.get("\(start)/robots.txt").text == "User-agent: *")
            #expect(try site.get("\(start)/catalog/index.json").status == 404)
            #expect(try site.get("\(start)/catalog/courses/index.html").status == 404)
            #expect(try site.get("\(start)/catalog/").status == 404)
        }
    }

    @Test(
        "calendars, feeds and pictures say what they are",
        arguments: [
            ("/courses/course-v1:U+1x/dates.ics", "text/calendar; charset=utf-8"),
            ("/feed.atom", "application/atom+xml; charset=utf-8"), ("/sitemap.xml", "text/xml; charset=utf-8"),
            ("/media/image.svg?v=1", "image/svg+xml; charset=utf-8"),
        ])
    func types(url: String, type: String) throws {
        for start in ["", "/_s/\(HandMadeSite.snapshot)"] {
            let response = try site.get(start + url)
            #expect(response.status == 200 && response["Content-Type"] == type)
            let policy = url.hasPrefix("/media/") ? Self.uploadPolicy : "default-src 'none'; frame-ancestors 'none'"
            #expect(response["Content-Security-Policy"] == policy && response["Content-Disposition"] == nil)
        }
    }

    @Test(
        "what editors have uploaded runs nothing and has no origin, and documents are saved instead of shown",
        arguments: ["html", "svg"])
    func uploads(kind: String) throws {
        for folder in ["documents/7", "media/images"] {
            let path = "\(folder)/x.\(kind)"
            try site.write("<script>alert(1)</script>", to: "public/\(path)")
            for start in ["/", "//", "/%64ocuments/../", "/_s/\(HandMadeSite.snapshot)/"] {
                let response = try site.get("\(start)\(path)?v=1")
                #expect(response.status == 200 && response.text == "<script>alert(1)</script>", "\(start)")
                #expect(response["Content-Security-Policy"] == Self.uploadPolicy, "\(start)")
                #expect(response["X-Content-Type-Options"] == "nosniff")
                #expect(response["Content-Disposition"] == (folder.hasPrefix("documents") ? "attachment" : nil))
            }
        }
        // A page about documents is a page.
        try site.write("<p>papers</p>", to: "public/help/documents/index.html")
        let page = try site.get("/help/documents/")
        #expect(page["Content-Security-Policy"]?.contains("script-src 'self'") == true)
        #expect(page["Content-Disposition"] == nil)
        try site.write("<p>nothing</p>", to: "public/404.html")
        let missing = try site.get("/documents/none.html")
        #expect(missing.status == 404 && missing["Content-Disposition"] == nil)
    }

    private static let uploadPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

    @Test(
        "what an address with a hash of it names never changes, other files are asked for again",
        arguments: [
            ("/media/image.svg?v=5f3a", true), ("/assets/site.css?x=y&v=5f3a", true), ("/media/image.svg?v=", false),
            ("/media/image.svg", false), ("/assets/site.css?w=v=1", false), ("/?v=5f3a", false),
            ("/static/site.css?v=5f3a", false), ("/catalog/courses/?v=5f3a&/media/", false),
        ])
    func lifetimes(url: String, isForEver: Bool) throws {
        try site.write("body {}", to: "public/assets/site.css")
        let lifetime = isForEver ? "public, max-age=31536000, immutable" : "public, max-age=60, must-revalidate"
        let response = try site.get(url)
        #expect(response.status == 200 && response["Cache-Control"] == lifetime)
        let tag = try #require(response["ETag"])
        #expect(try site.get(url, ["If-None-Match": tag])["Cache-Control"] == lifetime)
        #expect(try site.get("/media/none.svg?v=5f3a")["Cache-Control"] == "no-cache")
    }

    @Test("the lists of MITx Online lead to the catalog", arguments: ["courses", "programs"])
    func lists(name: String) throws {
        let response = try site.get("/\(name)/?x=y")
        #expect(response.status == 301 && response["Location"] == "/catalog/\(name)/")
        #expect(response["Cache-Control"] == "no-cache")
    }

    @Test("of a snapshot that is no longer served stay under its id")
    func pinned() throws {
        let earlier = "fedcba9876543210"
        try site.write("<p>before</p>", to: "public/index.html", snapshot: earlier)
        try site.write("body { margin: 0 }", to: "public/static/site.css", snapshot: earlier)
        #expect(try site.get("/_s/\(earlier)/").text == "<p>before</p>")
        #expect(try site.get("/_s/\(earlier)/static/site.css").text == "body { margin: 0 }")
        #expect(try site.get("/").text == "<p>home</p>")
    }

    @Test("the site's own page says that nothing was found, if there is one; below the API never")
    func missing() throws {
        let bare = try site.get("/nowhere/")
        #expect(bare.status == 404 && bare.text.contains("<h1>404 Not Found</h1>"))
        try site.write("<p>nothing</p>", to: "public/404.html")
        for url in ["/nowhere/", "/nowhere", "/static/", "/catalog/courses/index.html", "/404.html"] {
            let response = try site.get(url)
            #expect(response.status == 404 && response.text == "<p>nothing</p>", "\(url)")
            #expect(response["Cache-Control"] == "no-cache")
        }
        for url in ["/api/nowhere/", "/_s/\(HandMadeSite.snapshot)/nowhere/"] {
            #expect(try site.get(url).text == #"{"detail":"Not found."}"#)
        }
    }
}
