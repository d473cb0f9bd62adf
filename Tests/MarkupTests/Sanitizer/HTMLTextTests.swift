import Bytes
import Markup
import Testing

@Suite("Plain text of HTML")
struct HTMLTextTests {
    @Test(
        "blocks and line ends become one space, references characters",
        arguments: [
            ("", ""), (" a \n b ", "a b"), ("<p>One</p><p>two</p>", "One two"), ("a<br>b<br/>c", "a b c"),
            ("<b>a</b>b", "ab"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a b c"), ("<ul><li>a<li>b</ul>c", "a b c"),
            ("a&nbsp;&amp;&lt;b", "a &<b"),
            ("<script>x</script>a<style>y</style>", "a"), ("<img alt=x>a<!-- b -->", "a"), ("&#146;", "’"),
            ("a\u{0}b", "ab"),
        ])
    func text(html: String, expected: String) {
        #expect(HTMLText.text(of: html) == expected)
    }

    @Test(
        "a long text ends after a word",
        arguments: [
            ("one two three", 13, "one two three"), ("one two three", 12, "one two…"), ("one two three", 8, "one two…"),
            ("one two three", 7, "one…"), ("onetwothree", 5, "onet…"), ("ab", 1, "…"), ("", 3, ""),
            ("👩‍👩‍👧 é x", 4, "👩‍👩‍👧 é…"),
        ])
    func limit(html: String, limit: Int, expected: String) {
        let text = HTMLText.text(of: html, limit: limit)
        #expect(text == expected)
        #expect(text.count <= limit)
    }

    @Test("escaped text and structured data can stand in a page")
    func safe() {
        #expect(SafeHTML(escaping: "a<b>&\"'").text == "a&lt;b&gt;&amp;&quot;&#x27;")
        #expect(SafeHTML(jsonLD: .string("</script><!--")).text == #""\u003c/script>\u003c!--""#)
    }
}
