import Support
import Testing

/// Beside the documents there may be pages for people, which no snapshot has yet.
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
                let policy = try #require(response["Content-Security-Policy"])
                #expect(policy.hasPrefix("default-src 'self';") && !policy.contains("unsafe"))
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
