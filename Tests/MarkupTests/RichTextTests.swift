import Markup
import Testing

/// Two pages, a document, an image with one rendition and an embedded video.
private struct Library: RichTextSource {
    func pageURL(id: Int) -> String? {
        [2: "/courses/course-v1:MITx+6.100x/", 3: "/a&b'\"<c>/"][id]
    }

    func documentFileName(id: Int) -> String? {
        [5: "Sýllabus 1%.pdf", 6: "plain-(2).pdf"][id]
    }

    func image(id: Int, filterSpec: String) -> RichTextImage? {
        switch (id, filterSpec) {
        case (1, "width-500"): RichTextImage(url: "/media/images/dome.width-500.png", width: 500, height: 281)
        case (1, _): RichTextImage(url: "/media/original_images/dome.png?a=1&b=2", width: 1600, height: 900)
        default: nil
        }
    }

    func embedHTML(url: String) -> String? {
        url == "https://www.youtube.com/watch?v=abc&t=1"
            ? "<iframe src=\"https://www.youtube.com/embed/abc\"></iframe>" : nil
    }
}

@Suite("Rich text")
struct RichTextTests {
    @Test(
        "page and document links lead to their URLs, missing ones nowhere",
        arguments: [
            ("<a linktype=\"page\" id=\"2\">x</a>", "<a href=\"/courses/course-v1:MITx+6.100x/\">x</a>"),
            ("<a id=\"2\" class=\"b\" linktype=\"page\">x</a>", "<a href=\"/courses/course-v1:MITx+6.100x/\">x</a>"),
            ("<a linktype=\"page\" id=\"3\">x</a>", "<a href=\"/a&amp;b&#x27;&quot;&lt;c&gt;/\">x</a>"),
            ("<a linktype=\"page\" id=\"9\">page link</a>", "<a>page link</a>"),
            ("<a linktype=\"page\">x</a><a linktype=\"page\" id=\"two\">y</a>", "<a>x</a><a>y</a>"),
            ("<a id=\"5\" linktype=\"document\">x</a>", "<a href=\"/documents/5/S%C3%BDllabus%201%25.pdf\">x</a>"),
            ("<a linktype=\"document\" id=\"6\">x</a>", "<a href=\"/documents/6/plain-(2).pdf\">x</a>"),
            ("<a linktype=\"document\" id=\"7\">x</a>", "<a>x</a>"),
            (
                "<a data-id=\"3\" linktype=\"page\" id=\"9\" id=\"2\">x</a>",
                "<a href=\"/courses/course-v1:MITx+6.100x/\">x</a>"
            ),
        ])
    func links(stored: String, expanded: String) {
        #expect(RichText.expanded(stored, from: Library()) == expanded)
    }

    @Test(
        "images come from their rendition, else from the original",
        arguments: [
            (
                "<embed embedtype=\"image\" id=\"1\" format=\"left\" alt=\"a &quot;b&quot; &amp;amp; 'c' &lt;\"/>",
                "<img alt=\"a &quot;b&quot; &amp;amp; &#x27;c&#x27; &lt;\" class=\"richtext-image left\" height=\"281\""
                    + " src=\"/media/images/dome.width-500.png\" width=\"500\">"
            ),
            (
                "<embed embedtype=\"image\" alt=\"pic\" format=\"right\" id=\"1\" />",
                "<img alt=\"pic\" class=\"richtext-image right\" height=\"281\""
                    + " src=\"/media/images/dome.width-500.png\" width=\"500\">"
            ),
            (
                "<embed format=\"fullwidth\" id=\"1\" embedtype=\"image\"/>",
                "<img alt=\"\" class=\"richtext-image full-width\" height=\"900\""
                    + " src=\"/media/original_images/dome.png?a=1&amp;b=2\" width=\"1600\">"
            ),
            ("<embed embedtype=\"image\" id=\"4\" format=\"left\" alt=\"pic\"/>", "<img alt=\"\">"),
        ])
    func images(stored: String, expanded: String) {
        #expect(RichText.expanded(stored, from: Library()) == expanded)
    }

    @Test("media come from the stored HTML, else as a plain link")
    func media() {
        let stored = "<p><embed embedtype=\"media\" url=\"https://www.youtube.com/watch?v=abc&amp;t=1\"/></p>"
        #expect(
            RichText.expanded(stored, from: Library())
                == "<p><iframe src=\"https://www.youtube.com/embed/abc\"></iframe></p>")
        let unknown = "<embed url=\"https://ex.org/?a=1&amp;b=2\" embedtype=\"media\"/>"
        #expect(
            RichText.expanded(unknown, from: Library())
                == "<a href=\"https://ex.org/?a=1&amp;b=2\">https://ex.org/?a=1&amp;b=2</a>")
    }

    @Test(
        "all other markup stays byte for byte",
        arguments: [
            "", "plain é text", "<p data-block-key=\"a1\">x &amp; y</p>",
            "<a href=\"https://ex.org/?a=1&amp;b=2\">ext</a>", "<a name=\"here\"></a><a>x</a>",
            "<a linktype='page' id='2'>x</a>", "<a linktype = \"page\" id=\"2\">x</a>",
            "<abbr linktype=\"page\" id=\"2\">",
            "<A linktype=\"page\" id=\"2\">", "<a linktype=\"page\" id=\"2\"", "<embed embedtype=\"image\" id=\"1\">",
            "<embed src=\"x\"/>", "<embeds embedtype=\"image\" id=\"1\"/>", "<a linktype=\"email\" href=\"mailto:x\">",
            "<embed embedtype=\"media\"/>", "<embed/>", "<a", "<", "<a =\"linktype\">", "<a linktype=\"page>",
        ])
    func unchanged(html: String) {
        #expect(RichText.expanded(html, from: Library()).utf8.elementsEqual(html.utf8))
    }

    @Test("references stand between other markup")
    func mixed() {
        let stored =
            "<p>Line <b>two</b> &amp; <a linktype=\"page\" id=\"9\">page link</a>, "
            + "<a href=\"https://ex.org/?a=1&amp;b=2\">ext</a>.</p><embed embedtype=\"image\" id=\"4\"/><ul data-block-key=\"c3\"><li>α &lt; β</li></ul>"
        let expanded =
            "<p>Line <b>two</b> &amp; <a>page link</a>, <a href=\"https://ex.org/?a=1&amp;b=2\">"
            + "ext</a>.</p><img alt=\"\"><ul data-block-key=\"c3\"><li>α &lt; β</li></ul>"
        #expect(RichText.expanded(stored, from: Library()) == expanded)
    }

    @Test("a broken embed does not hide what follows it, nor does text without an end")
    func broken() {
        let stored = "<embed <embed x=\"<embed >< a<a linktype=\"page\" id=\"9\">x</a><embed embedtype=\"image\"/"
        let expanded = "<embed <embed x=\"<embed >< a<a>x</a><embed embedtype=\"image\"/"
        #expect(RichText.expanded(stored, from: Library()) == expanded)
    }

    @Test("a path is percent-encoded where a URL needs it")
    func percentEncoding() {
        #expect(PercentEncoding.path("/media/a b+é?#%\".png") == "/media/a%20b+%C3%A9%3F%23%25%22.png")
        #expect(PercentEncoding.path("course-v1:MITx+6.100x/~a_b") == "course-v1:MITx+6.100x/~a_b")
    }
}
