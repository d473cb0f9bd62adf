import Snapshot
import Testing

@Suite("Links between pages")
struct PageLinksTests {
    private static let files = [
        "public/index.html", "public/catalog/courses/index.html", "public/courses/course-v1:X+1/index.html",
        "public/courses/it's/index.html", "public/assets/site.css", "public/feed.atom", "internal/secret/index.html",
    ]

    private func findings(_ page: String, at path: String = "public/catalog/courses/index.html") async
        -> PageLinks.Findings
    {
        let artifacts = Self.files.map { file in
            Artifact(path: file, body: ArtifactBody(Array((file == path ? page : "").utf8)))
        }
        return await PageLinks(root: "public", in: artifacts).findings(in: artifacts)
    }

    @Test(
        "a link to a page, a file or a part of a page is fine",
        arguments: [
            "../../", "../../index.html", "../../catalog/courses/", "./", "./index.html?q=1#top",
            "../../courses/course-v1:X+1/", "../../courses/course-v1%3AX%2B1/#about", "../../courses/it&#x27;s/",
            "../../assets/site.css?v=1", "https://example.org/x", "#main", "mailto:a@example.org", "/feed.atom", "/",
            "//example.org/nowhere/",
        ])
    func fine(link: String) async {
        let found = await findings("<p><a class=\"x\" href=\"\(link)\">x</a>")
        #expect(found.problems.isEmpty)
        #expect(found.media.isEmpty)
    }

    @Test(
        "a link to nothing is a problem, whatever the attribute",
        arguments: [
            "<a href=\"../../nowhere/\">", "<img src=\"../../no.png\">", "<a href=\"../secret/index.html\">",
            "<a href=\"/nowhere/\">",
        ])
    func dead(page: String) async {
        let found = await findings(page)
        #expect(found.problems.map(\.path) == ["public/catalog/courses/index.html"])
    }

    @Test("a link within a page's own folder is looked up there")
    func ownFolder() async {
        #expect(await findings("<a href=\"./course-v1:X+1/\">", at: "public/index.html").problems.count == 1)
        #expect(await findings("<a href=\"./courses/course-v1:X+1/\">", at: "public/index.html").problems.isEmpty)
    }

    @Test("files of the media storage are told, decoded, each once")
    func media() async {
        let found = await findings(
            """
            <img src="../../media/original_images/a%20b.png?v=1"><img src="../../media/original_images/a%20b.png?v=1">\
            <a href="../../documents/3/r&amp;d.pdf">
            """)
        #expect(found.media == ["media/original_images/a b.png", "documents/3/r&d.pdf"])
        #expect(found.problems.isEmpty)
    }

    @Test("of many problems a few are told")
    func limit() async {
        let found = await findings(String(repeating: "<a href=\"./no/\">", count: 1000))
        #expect(found.problems.count == 20)
    }
}
