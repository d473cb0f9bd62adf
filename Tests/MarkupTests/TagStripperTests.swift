import Foundation
import Markup
import Testing

/// One text and what is left of it.
struct Stripped: Codable, Sendable, CustomTestStringConvertible {
    let input: String
    let output: String

    init(_ input: String, _ output: String) {
        self.input = input
        self.output = output
    }

    init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        self.init(try pair.decode(String.self), try pair.decode(String.self))
    }

    var testDescription: String { input.debugDescription }
}

@Suite("Tag stripper")
struct TagStripperTests {
    @Test(
        "CAT-28 rich text becomes escaped text",
        arguments: [
            Stripped("<p>a</p><p>b</p>", "a\nb"),
            Stripped("a<p>b</p>", "ab"),
            Stripped("<ul><li>one</li><li>two</li></ul>", "\none\ntwo"),
            Stripped("<div><p>x</p></div>", "\nx"),
            Stripped("x<br/>y", "xy"),
            Stripped("<br>a<p>b</p>", "a\nb"),
            Stripped("<p>x</p><hr/><p>y</p>", "x\n\ny"),
            Stripped("<p>1</p>\n<p>2</p>", "1\n\n2"),
            Stripped("<h2>T</h2>text", "Ttext"),
            Stripped("R&D &amp; 5 < 6 > 4", "R&amp;D &amp; 5 &lt; 6 &gt; 4"),
            Stripped("&nbsp; &foo; &nbsp", "&nbsp; &amp;foo; &amp;nbsp"),
            Stripped("&#8217; &#x41; &#abc;", "&#8217; &#x41; &amp;#abc;"),
            Stripped("<script>alert(1)</script>z", "alert(1)z"),
            Stripped("x <b", "x &lt;b"),
            Stripped("x <b ", "x "),
            Stripped("x <b c", "x &lt;b c"),
            Stripped("x <b c=\"1", "x "),
            Stripped("a </3> b", "a &lt;/3&gt; b"),
            Stripped("R&D; &no; &#;", "R&D; &no; &#;"),
            Stripped("<a href=\"x>y\">z</a>", "z"),
        ])
    func rules(pair: Stripped) {
        expectStripped(pair)
    }

    @Test(
        "a tag that the end cuts off is text or nothing, by where it was cut",
        arguments: [
            Stripped("x <", "x &lt;"), Stripped("x </", "x &lt;/"), Stripped("x </b", "x &lt;/b"),
            Stripped("x <b c ", "x &lt;b c "), Stripped("x <b c=1", "x &lt;b c=1"),
            Stripped("x <b c=1 ", "x "), Stripped("x <b/", "x "), Stripped("x <b c=", "x "),
            Stripped("x <b c= ", "x "), Stripped("x <b c='1'", "x "), Stripped("x <b c='1' ", "x "),
            Stripped("x <b c='1'/", "x "), Stripped("x <b c='>", "x "),
        ])
    func cutOff(pair: Stripped) {
        expectStripped(pair)
    }

    @Test(
        "comments, doctypes, instructions and malformed markup",
        arguments: [
            Stripped("a<!-- > -->b", "ab"), Stripped("a<!-->b", "ab"), Stripped("a<!--->b", "ab"),
            Stripped("a<!-- --!>b", "ab"), Stripped("a<!-- --! -->b", "ab"), Stripped("a<!-- -- >b", "a"),
            Stripped("a<!doctype html>b", "ab"), Stripped("a<?xml version='1'?>b", "ab"), Stripped("a<!b", "a"),
            Stripped("a<![CDATA[b]]>c", "ac"), Stripped("a</>b", "ab"), Stripped("a<>b", "a&lt;&gt;b"),
            Stripped("a</ b>&amp;c", "a&lt;/ b&gt;&amp;c"), Stripped("a</3 &x", "a&lt;/3 &amp;x"),
            Stripped("a<1>b", "a&lt;1&gt;b"), Stripped("<b =\"x>y\">z", "y\"&gt;z"),
            Stripped("<b c=d\"x>y\">z", "y\"&gt;z"), Stripped("<b c = \"x>y\" d>z", "z"),
            Stripped("<!-- --><p>a", "a"), Stripped("</b><P>a", "\na"), Stripped("<b><H1\n>a", "\na"),
            Stripped("<b><h\u{11}>a", "a"), Stripped("<b><blockquotes>a", "a"),
        ])
    func malformed(pair: Stripped) {
        expectStripped(pair)
    }

    @Test(
        "line ends, control characters and references",
        arguments: [
            Stripped("", ""), Stripped(" a\t\nb ", " a\t\nb "), Stripped("a\r\nb\rc\r", "a\nb\nc\n"),
            Stripped("a\r<b>\nc", "a\n\nc"), Stripped("a\u{1}b\u{b}c\u{c}d\u{1f}e\u{7f}", "a?b?c?d?e\u{7f}"),
            Stripped("é \u{2028} 😀 \"q\" 'q'", "é \u{2028} 😀 \"q\" 'q'"), Stripped("&;", "&amp;;"),
            Stripped("&", "&amp;"),
            Stripped("&#x;&#X4f;", "&#x;&#X4f;"), Stripped("&#12a;", "&amp;#12a;"), Stripped("&#", "&amp;#"),
            Stripped("&zwnj;&zwnjx;", "&zwnj;&amp;zwnjx;"),
            Stripped("&frac1;&frac15;&frac17;", "&frac1;&frac15;&amp;frac17;"),
            Stripped("&am<b>p;", "&amp;"), Stripped("&am<!-- -->p;", "&amp;amp;"),
        ])
    func text(pair: Stripped) {
        expectStripped(pair)
    }

    @Test("500 tag soups come out as bleach 6.3.0 left them")
    func soups() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/strip/bleach-6.3.0.json")
        let pairs = try JSONDecoder().decode([Stripped].self, from: Data(contentsOf: file))
        #expect(pairs.count == 500)
        for pair in pairs { expectStripped(pair) }
    }

    private func expectStripped(_ pair: Stripped) {
        let output = TagStripper.escapedText(of: pair.input)
        #expect(
            output.utf8.elementsEqual(pair.output.utf8),
            "\(pair.input.debugDescription) gave \(output.debugDescription)")
    }
}
