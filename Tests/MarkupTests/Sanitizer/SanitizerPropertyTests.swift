import Markup
import Support
import Testing

@Suite("Cleaning tag soup")
struct SanitizerPropertyTests {
    @Test("nothing forbidden is left of tag soup, and cleaning twice changes nothing", arguments: 0..<8)
    func soup(part: Int) {
        for seed in 0..<250 {
            var soup = TagSoup(seed: UInt64(part * 250 + seed))
            let html = soup.text(pieces: 2 + seed % 60)
            let clean = Sanitizer.clean(html) { $1 }.text
            #expect(CleanHTMLCheck.problems(in: clean) == [], "\(html.debugDescription)")
            let again = Sanitizer.clean(clean) { $1 }.text
            #expect(again == clean, "\(html.debugDescription)")
            let text = HTMLText.text(of: html)
            #expect(!text.contains("  ") && !text.hasPrefix(" ") && !text.hasSuffix(" "))
        }
    }

    @Test("what several tasks clean at once is what one cleans")
    func concurrent() async {
        let texts = (0..<400).map { seed in
            var soup = TagSoup(seed: 90_000 + UInt64(seed))
            return soup.text(pieces: 30)
        }
        let expected = texts.map { text in Sanitizer.clean(text) { $1 } }
        await withTaskGroup(of: [SafeHTML].self) { group in
            for _ in 0..<4 { group.addTask { texts.map { text in Sanitizer.clean(text) { $1 } } } }
            for await result in group { #expect(result == expected) }
        }
    }
}
