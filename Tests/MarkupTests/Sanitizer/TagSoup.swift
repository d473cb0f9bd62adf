import Support

/// HTML that nobody should write, out of a seed.
struct TagSoup {
    private static let names = [
        "p", "p", "b", "i", "a", "a", "div", "span", "ul", "ol", "li", "li", "dl", "dt", "dd", "table", "thead",
        "tbody",
        "tfoot", "tr", "tr", "td", "td", "th", "caption", "colgroup", "col", "h1", "h2", "h3", "h6", "pre",
        "blockquote",
        "figure", "figcaption", "img", "br", "hr", "q", "sub", "abbr", "code", "script", "style", "template", "svg",
        "math",
        "mtext", "noscript", "select", "option", "textarea", "button", "form", "input", "iframe", "embed", "object",
        "title",
        "head", "body", "html", "base", "meta", "link", "frameset", "plaintext", "xmp", "listing", "marquee", "center",
        "font", "strike", "del", "section", "x-y", "svg:script", "nobr", "ruby", "rt",
    ]
    private static let attributes = [
        " href=\"/a\"", " href='https://x.example/?a=1&b=2'", " href=javascript:alert(1)",
        " href=\"jav&#x09;ascript:1\"",
        " src=x", " src=\"data:image/svg+xml,<svg onload=1>\"", " src='/m/a.png'", " alt=\"a<b>'c\"",
        " onerror=alert(1)",
        " style=\"width:expression(1)\"", " class=\"richtext-image left\"", " id=x", " title=\"&quot;><img src=x>\"",
        " lang=el", " dir=rtl", " colspan=2", " rowspan=0", " start=3", " reversed", " type=a", " value=-2",
        " scope=row",
        " width=10", " x=\"", " y='", " \"", " `", " =", " /", " name=\u{0}",
    ]
    private static let texts = [
        "word", " ", "two words", "\n", "&nbsp;", "\u{a0}", "&amp;", "&lt;script&gt;", "&#60;b>", "&#x80;", "&#146;",
        "&#0;",
        "&#xD800;", "&", "<", ">", "\"", "'", "é", "漢字", "\u{1f600}", "\u{0}", "\u{1}", "\u{85}", "\u{fffe}", "&lt",
        "&bogus;",
        "<!-- c -->", "<!--", "-->", "<!-->", "--!>", "<![CDATA[", "]]>", "<?php x ?>", "<!doctype html>", "</", "<//>",
        "</ >",
        "\r\n", "\t", "\u{2028}",
    ]

    private static let fragments = [
        "<a href=/a>", "<a href=\"https://x.example/\">", "<img src=/m/a.png alt=\"a b\">", "<h1>one</h1>",
        "<ul><li>one<li>two",
        "<table><tr><td>one", "<th>one<h4>", "<dt><h2>one", "<p>one</p>", "<b><p>one", "<pre>\n\n one\n", "<q lang=el>",
        "one",
        "</table>", "</ul>", "</p>", "</a>", "</b>",
    ]

    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// A text of so many pieces: tags, ends of tags, text and rubbish.
    mutating func text(pieces: Int) -> String {
        var output = ""
        for _ in 0..<pieces {
            switch generator.number(1...14) {
            case 1...4:
                output += "<" + generator.pick(TagSoup.names)
                for _ in 0..<generator.number(0...3) { output += generator.pick(TagSoup.attributes) }
                if !generator.chance(3) { output += generator.chance(5) ? "/>" : ">" }
            case 5...6: output += "</" + generator.pick(TagSoup.names) + ">"
            case 7...10: output += generator.pick(TagSoup.fragments)
            default: output += generator.pick(TagSoup.texts)
            }
        }
        return output
    }
}
