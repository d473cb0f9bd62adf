import Markup
import Testing

@Suite("Cleaning rich text")
struct SanitizerTests {
    private func clean(_ html: String, headings: Int = 3) -> String {
        Sanitizer.clean(html, headings: headings) { $1 }.text
    }

    @Test(
        "blocks stand side by side, loose text gets a paragraph, what is empty goes",
        arguments: [
            ("", ""), ("plain", "<p>plain</p>"), (" a \n  b ", "<p>a b</p>"), ("a & b", "<p>a &amp; b</p>"),
            ("hello & <b>world</b>", "<p>hello &amp; <b>world</b></p>"),
            (
                "<p>One</p><div>Two</div>three<div>four<div>five</div></div>six",
                "<p>One</p><p>Two</p><p>three</p><p>four</p><p>five</p><p>six</p>"
            ),
            ("<p>a<p></p><p>&nbsp;</p><p><br></p><ul><li></li></ul>", "<p>a</p>"),
            ("a<br><br>b<br></p><br>c", "<p>a<br><br>b</p><p>c</p>"),
            ("<blockquote>loose<p>p</p></blockquote>", "<blockquote><p>loose</p><p>p</p></blockquote>"),
            ("<pre>\n  x\n   y\n</pre>z", "<pre>  x\n   y</pre><p>z</p>"), ("a<hr>b<hr>", "<p>a</p><hr><p>b</p><hr>"),
            ("<p>a <b> b </b> c<i></i> d</p>", "<p>a <b>b</b> c d</p>"),
            ("<p>a<span>b</span><font>c</font><x-y>d</x-y></p>", "<p>abcd</p>"),
            ("<center>a</center><section>b</section>", "<p>a</p><p>b</p>"),
            ("<p><del>1</del><strike>2</strike></p>", "<p><s>1</s><s>2</s></p>"),
        ])
    func blocks(html: String, expected: String) {
        #expect(clean(html) == expected)
    }

    @Test(
        "lists and tables hold their parts only, and parts stand nowhere else",
        arguments: [
            ("<ul><li>a<li>b<p>c</ul><li>stray</li>", "<ul><li>a</li><li>b<p>c</p></li></ul><p>stray</p>"),
            ("<ul>a<li>b<ol><li>c</ol></ul>", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"),
            ("<ul><li>x<ul></ul>y</li></ul>", "<ul><li>x<br>y</li></ul>"),
            ("<dl>a<dt>T<dd>D<h2>x</h2></dl>", "<dl><dd>a</dd><dt>T</dt><dd>D<h3>x</h3></dd></dl>"),
            ("<dl><dt><h2>x</h2>y<dd>z</dl>", "<dl><dt>x<br>y</dt><dd>z</dd></dl>"),
            ("<td>x<td>y", "<p>x</p><p>y</p>"),
            (
                "<table><td>x<tr>y</table>",
                "<table><tbody><tr><td>x</td></tr><tr><td>y</td></tr></tbody></table>"
            ),
            (
                "<table><caption>c<tr><th>h<td></table>",
                "<table><caption>c</caption><tbody><tr><th>h</th><td></td></tr></tbody></table>"
            ),
            (
                "<table><tfoot><tr><td>f<tbody><tr><td>b</table>",
                "<table><tbody><tr><td>f</td></tr></tbody><tbody><tr><td>b</td></tr></tbody></table>"
            ),
            (
                "<table><tr><td>b<tfoot><tr><td>f</table>",
                "<table><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table>"
            ),
            (
                "<figure><img src=/a.png><figcaption>c</figcaption></figure><figcaption>d</figcaption>",
                "<figure><img src=\"/a.png\" alt=\"\" loading=\"lazy\" decoding=\"async\"><figcaption>c</figcaption></figure><p>d</p>"
            ),
        ])
    func structures(html: String, expected: String) {
        #expect(clean(html) == expected)
        #expect(CleanHTMLCheck.problems(in: expected) == [])
    }

    @Test(
        "headings begin at the level asked for and keep their distance up to 6",
        arguments: [
            ("<h1>a</h1><h3>b</h3><h6>c</h6>", 3, "<h3>a</h3><h5>b</h5><h6>c</h6>"),
            ("<h4>a</h4><h2>b</h2>", 2, "<h4>a</h4><h2>b</h2>"), ("<h6>a</h6>", 4, "<h4>a</h4>"),
            ("<h1></h1><h3>b</h3>", 3, "<h3>b</h3>"), ("<h2>a</h2>", 1, "<h2>a</h2>"), ("<h2>a</h2>", 9, "<h6>a</h6>"),
            ("<h2>a<div>b</div>c</h2>", 3, "<h3>a<br>b<br>c</h3>"),
        ])
    func headings(html: String, level: Int, expected: String) {
        #expect(clean(html, headings: level) == expected)
    }

    @Test(
        "attributes stay where they mean something and nowhere else",
        arguments: [
            (
                "<p lang=el dir=RTL id=x name=n class=y style=z onclick=a data-block-key=b>q",
                "<p lang=\"el\" dir=\"rtl\">q</p>"
            ),
            ("<p lang='a b' dir=up>q", "<p>q</p>"),
            (
                "<ol start=3 type=A reversed><li value=4 type=a>x</ol>",
                "<ol start=\"3\" reversed type=\"A\"><li value=\"4\">x</li></ol>"
            ),
            ("<ol start=x type=Z><li value=1.5>x</ol>", "<ol><li>x</li></ol>"),
            (
                "<table><tr><th scope=ROW colspan=2 rowspan=1001>x<td scope=row colspan=0 width=3>y</table>",
                "<table><tbody><tr><th colspan=\"2\" scope=\"row\">x</th><td>y</td></tr></tbody></table>"
            ),
            ("<abbr title='a\"b'>x</abbr><q cite=/a>y</q>", "<p><abbr title=\"a&quot;b\">x</abbr><q>y</q></p>"),
            (
                "<img src=/m/a.png class='richtext-image left evil' width=640 height=480px srcset=x>",
                "<p><img src=\"/m/a.png\" alt=\"\" width=\"640\" class=\"richtext-image left\" loading=\"lazy\" decoding=\"async\"></p>"
            ),
            (
                "<img src=a width=0 height=10001 alt=\"a<b>\">",
                "<p><img src=\"a\" alt=\"a&lt;b&gt;\" loading=\"lazy\" decoding=\"async\"></p>"
            ),
            ("<abbr title='a\u{1}\nb&#146;\u{85}'>x", "<p><abbr title=\"a b’…\">x</abbr></p>"),
            ("<img alt='A & B'><img alt=''><img>", "<p>A &amp; B</p>"),
        ])
    func attributes(html: String, expected: String) {
        #expect(clean(html) == expected)
    }

    @Test(
        "references are decoded once, forbidden characters go",
        arguments: [
            ("caf&eacute; &#146;s &#x80;", "<p>café ’s €</p>"),
            ("&amp;lt; &bogus; &", "<p>&amp;lt; &amp;bogus; &amp;</p>"),
            ("a&#0;b&#xD800;c\u{0}d\u{1}e\u{7f}f\u{85}g", "<p>abcdef…g</p>"),
            ("<meta charset=latin1>é<meta http-equiv=Content-Type content='text/html; charset=utf-16'>漢", "<p>é漢</p>"),
            ("<?xml version='1.0' encoding='ISO-8859-1'?>é", "<p>é</p>"),
        ])
    func characters(html: String, expected: String) {
        #expect(clean(html) == expected)
    }

    @Test(
        "a link stays when it leads somewhere harmless, else its text does",
        arguments: [
            ("http://a.example/", "http://a.example/"), ("HTTPS://a.example", "https://a.example"),
            ("/x?a=1&b=2#c", "/x?a=1&amp;b=2#c"), ("../a", "../a"), ("#top", "#top"), ("?q", "?q"),
            ("//a.example/", "//a.example/"),
            ("mailto:a@b.example", "mailto:a@b.example"), ("tel:+1-617", "tel:+1-617"),
            ("  /a b\t", "/a%20b"), ("/a\nb", "/ab"), ("/é", "/%C3%A9"), ("/a'b`c\"d<e>", "/a%27b%60c%22d%3Ce%3E"),
            ("/100%", "/100%25"), ("/a%20b", "/a%20b"), ("\\\\a.example\\b", "//a.example/b"),
        ])
    func links(url: String, expected: String) {
        let attribute = url.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let html = clean("<a href=\"\(attribute)\">x</a>")
        let isAway = expected.contains("//")
        #expect(html == "<p><a href=\"\(expected)\"\(isAway ? " rel=\"noopener\"" : "")>x</a></p>")
    }

    @Test(
        "other URLs go",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
            "java\nscript:a",
            "\u{1}javascript:alert(1)", "jav&#x09;ascript:a", "&#106;avascript:a", "&#x6A&#x61vascript:a",
            "javascript&#58;a", "data:text/html,x", "vbscript:a", "blob:x", "file:///etc", "feed:x",
            "view-source:x", "x:y", "https:evil.example", "https:/evil.example", "https://", "https:///evil.example",
            "http://a@b.example",
            "//a@b.example", "mailto:", "", " ", "ja vascript:a",
        ])
    func refused(url: String) {
        let html = clean("<a href=\"\(url)\">x</a><img src=\"\(url)\" alt=\"y\">")
        #expect(html == "<p>xy</p>")
    }

    @Test("what becomes of a URL is the caller's to say, within the same rules")
    func asked() {
        let html =
            "<a href='/in'>a</a><a href='/out'>b</a><a href='/evil'>c</a><img src='/i' alt=d><img src='mailto:x' alt=e>"
        let clean = Sanitizer.clean(html) { use, url in
            switch (use, url) {
            case (.link, "/in"): "../in/"
            case (.link, "/evil"): "javascript:alert(1)"
            case (.image, "/i"): "../media/i?v=1"
            default: nil
            }
        }
        #expect(
            clean.text
                == "<p><a href=\"../in/\">a</a>bc<img src=\"../media/i?v=1\" alt=\"d\" loading=\"lazy\" decoding=\"async\">e</p>"
        )
    }

    @Test("a link around blocks is written inside each; a link in a link is its text")
    func linksAroundBlocks() {
        #expect(
            clean("<a href=/a><h2>x</h2><p>y <a href=/b>z</a></p></a>")
                == "<h3><a href=\"/a\">x</a></h3><p><a href=\"/a\">y z</a></p>")
    }
}
