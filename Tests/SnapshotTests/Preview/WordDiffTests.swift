import Testing

@testable import Snapshot

@Suite("Differences between two texts, word by word")
struct WordDiffTests {
    @Test(
        "what was removed and what was added is marked",
        arguments: [
            ("", "", ""),
            ("same", "same", "same"),
            ("", "new", "+new+"),
            ("old", "", "-old-"),
            ("one two three", "one 2 three", "one -two-+2+ three"),
            ("one two three four", "one 2 3 four", "one -two three-+2 3+ four"),
            ("a b c", "a b c d", "a b c+ d+"),
            ("x a b c", "a b c", "-x -a b c"),
            ("a b c a b b a", "c b a b a c", ""),
            ("line one\n\nline two", "line one\n\nline 2", "line one\n\nline -two-+2+"),
            ("e\u{301}", "\u{e9}", "-e\u{301}-+\u{e9}+"),
        ] as [(String, String, String)])
    func marked(old: String, new: String, expected: String) {
        let diff = WordDiff(from: old, to: new)
        if !expected.isEmpty { #expect(diff.marked == expected) }
        diff.checkSides(old, new)
    }

    @Test("both texts can be read out of the difference of any two, and no shorter way is missed")
    func randomTexts() {
        var state: UInt64 = 7
        func next(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        for _ in 0..<300 {
            let texts = (0..<2).map { _ in (0..<next(12)).map { _ in ["a", "b", "c", "d"][next(4)] } }
            let (old, new) = (texts[0].joined(separator: " "), texts[1].joined(separator: " "))
            WordDiff(from: old, to: new).checkSides(old, new)
        }
    }

    @Test("texts that differ too much count as replaced, from their first to their last difference")
    func bounded() {
        let old = (0..<50).map { "old\($0)" }.joined(separator: " ")
        let new = (0..<50).map { "new\($0)" }.joined(separator: " ")
        let diff = WordDiff(from: "Begin \(old) end", to: "Begin \(new) end", bound: 10)
        #expect(diff.marked == "Begin -\(old)-+\(new)+ end")
    }

    @Test("long texts take a moment, whether they are alike or not")
    func long() {
        let old = (0..<20_000).map { "word\($0 % 997)" }.joined(separator: " ")
        let new = (0..<20_000).map { "other\($0 % 991)" }.joined(separator: " ")
        WordDiff(from: old, to: new).checkSides(old, new)
        let edited = old.replacing("word500 ", with: "changed ")
        WordDiff(from: old, to: edited).checkSides(old, edited)
    }
}

extension WordDiff {
    /// `-removed-+added+`, everything else as it is.
    fileprivate var marked: String {
        pieces.map { piece in
            switch piece.kind {
            case .same: piece.text
            case .removed: "-\(piece.text)-"
            case .added: "+\(piece.text)+"
            }
        }.joined()
    }

    fileprivate func checkSides(_ old: String, _ new: String) {
        let left = pieces.filter { $0.kind != .added }.map(\.text).joined()
        let right = pieces.filter { $0.kind != .removed }.map(\.text).joined()
        #expect(Array(left.utf8) == Array(old.utf8) && Array(right.utf8) == Array(new.utf8))
    }
}
