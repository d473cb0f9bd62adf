import Bytes
import Catalog
import Markup
import Support
import Testing

@testable import Snapshot

@Suite("Values of fields as plain text")
struct FieldTextTests {
    @Test(
        "rich text is a line a paragraph, item or heading",
        arguments: [
            ("", ""),
            ("plain", "plain"),
            ("<p>ab</p>", "ab"),
            ("<p>a <b>b</b></p><p>c &lt; d</p>", "a b\nc < d"),
            ("<ul><li>one</li><li>two</li></ul>after", "one\ntwo\nafter"),
            ("<h2>Head</h2><p>one<br>two<br/>three</p>", "Head\none\ntwo\nthree"),
            ("<blockquote>q</blockquote><p> </p><p>é\u{301}</p>", "q\né\u{301}"),
            ("<p>cut</p><p>no end</h", "cut\nno end"),
            ("a < b <c> d", HTMLText.text(of: "a < b <c> d")),
        ] as [(String, String)])
    func lines(html: String, text: String) {
        #expect(FieldText.paragraphs(of: html) == text)
    }

    @Test("lines end where a search for each of the tags in what remains finds the first")
    func sameAsSearch() {
        let pieces = [
            "<p>", "</p>", "</li>", "</h3>", "<br />", "</tr>", "</blockquote>", "</b>", "<", ">", "a ", "é", "</h",
        ]
        var random = FixedRandom()
        for _ in 0..<500 {
            let html = (0..<random.next(14)).map { _ in pieces[random.next(pieces.count)] }.joined()
            #expect(FieldText.paragraphs(of: html) == Self.searched(html), "\(html)")
        }
    }

    @Test("a text of a megabyte takes a moment", .timeLimit(.minutes(10)))
    func long() {
        let count = 1_000_000 / "<p>ab</p>".utf8.count
        let text = FieldText.paragraphs(of: String(repeating: "<p>ab</p>", count: count))
        #expect(text.utf8.count == 3 * count - 1 && text.hasPrefix("ab\nab\n"))
    }

    @Test("blocks are read in the order of the model, whatever order the database keeps")
    func blocks() async throws {
        let texts = FieldText(try await ReadFixture(.sqlite).catalog)
        for (json, text) in [
            (
                #"[{"type":"content","value":{"detail":"<p>Because.</p>","heading":"Why?"}}]"#,
                "Why?\nBecause."
            ),
            (#"[{"type":"price_details","value":{"link":"https://a.example","text":"$5"}}]"#, "$5\nhttps://a.example"),
            (#"[{"type":"course_run","value":{"CEUs":2.5,"readable_id":"r1","z":"z","a":"a"}}]"#, "r1\n2.5\nz\na"),
        ] {
            #expect(texts.text(of: try JSONValue(parsing: Array(json.utf8)), .blocks) == text)
        }
    }

    private static func searched(_ html: String) -> String {
        var lines: [String] = []
        var rest = html[...]
        while !rest.isEmpty {
            let tags = ["</p>", "</li>", "</h", "<br", "</tr>", "</blockquote>"].compactMap { rest.firstRange(of: $0) }
            let end = tags.map(\.lowerBound).min().flatMap { rest[$0...].firstIndex(of: ">") }
            let chunk = end.map { rest[...$0] } ?? rest
            lines.append(HTMLText.text(of: String(chunk)))
            rest = rest[chunk.endIndex...]
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

/// The same numbers at every run.
private struct FixedRandom {
    private var state: UInt64 = 7

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
