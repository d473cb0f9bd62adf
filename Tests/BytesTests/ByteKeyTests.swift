import Bytes
import Support
import Testing

@Suite("Byte key")
struct ByteKeyTests {
    @Test("two spellings of one character are two keys")
    func canonicalEquivalence() {
        #expect("\u{e9}" == "e\u{301}")
        #expect(ByteKey("\u{e9}") != ByteKey("e\u{301}"))
        #expect(Set([ByteKey("\u{e9}"), ByteKey("e\u{301}"), ByteKey("\u{e9}")]).count == 2)
    }

    @Test("keys sort by code points, as a database does under the C collation")
    func order() {
        let sorted = ["", "A", "Z", "a", "aa", "b", "é", "ﬀ", "\u{ffff}", "😀"]
        var random = SeededGenerator(seed: 3)
        #expect(sorted.shuffled(using: &random).map { ByteKey($0) }.sorted().map(\.text) == sorted)
        #expect(!(ByteKey("a") < ByteKey("a")))
    }

    @Test("equal keys hash equally, whatever the storage of their text")
    func hashing() {
        let whole = "course-v1:MITx+6.100x+3T2099 with a longer name"
        let part = (whole + "!").dropLast()
        #expect(ByteKey(whole) == ByteKey(String(part)))
        #expect(ByteKey(whole).hashValue == ByteKey(String(part)).hashValue)
    }

    @Test("two keys in a row hash unlike another cut of the same bytes")
    func terminator() {
        func hash(_ keys: String...) -> Int { keys.map { ByteKey($0) }.hashValue }
        #expect(hash("ab", "c") != hash("a", "bc"))
    }
}
