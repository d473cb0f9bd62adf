import Bytes
import Markup
import Testing

@Suite("XML")
struct XMLEscapingTests {
    @Test(
        "texts are escaped, and what no document may hold is left out",
        arguments: [
            ("plain é漢👩", "plain é漢👩"),
            ("<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"),
            ("]]>", "]]&gt;"), ("\t\n\r", "\t\n&#13;"), ("a\u{0}\u{1}\u{8}\u{b}\u{c}\u{1f}b", "ab"),
            ("\u{fffd}\u{fffe}\u{ffff}\u{ff01}", "\u{fffd}\u{ff01}"), ("", ""), ("\u{7f}\u{85}", "\u{7f}\u{85}"),
        ])
    func escaping(text: String, expected: String) {
        var buffer = ByteBuffer()
        buffer.appendXML(text)
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == expected)
    }
}

@Suite("Structured data")
struct StructuredDataEncodingTests {
    @Test("less-than signs are escaped and nothing else", arguments: ["<", "</script>", "a<<b<", "none", ""])
    func escaping(text: String) throws {
        let html = SafeHTML { buffer in buffer.appendJSON(text) }
        #expect(!html.text.contains("<"))
        #expect(try JSONValue(parsing: Array(html.text.utf8)).string == text)
        #expect(html == SafeHTML(jsonLD: .string(text)))
    }
}
