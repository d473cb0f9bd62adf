import Bytes
import Snapshot
import Testing

@Suite("What the check takes for JSON")
struct WellFormedTests {
    private func accepts(_ bytes: [UInt8]) -> Bool {
        let artifact = Artifact(path: "public/x.json", body: ArtifactBody(bytes))
        return SnapshotCheck(linkOrigin: "").problems(in: [artifact]).isEmpty
    }

    private func parses(_ bytes: [UInt8]) -> Bool {
        (try? JSONValue(parsing: bytes)) != nil
    }

    @Test(
        "texts of each kind",
        arguments: [
            ("null", true), (" [1, 2.5e-3 ,-0.1E+7] \n", true), (#"{"":{}}"#, true), (#""\ud83d\ude00\u0000\/""#, true),
            ("\"\u{10ffff}\u{7f}é\"", true), ("", false), (" ", false), ("nul", false), ("nulls", false), ("01", false),
            ("-", false), ("1.", false), (".5", false), ("1e", false), ("+1", false), ("[1,]", false), ("[,1]", false),
            ("[1 2]", false), ("{,}", false), (#"{"a":1,}"#, false), (#"{"a"}"#, false), ("{a:1}", false), ("]", false),
            ("[}", false), (#""\ud83d""#, false), (#""\udc00\ud83d""#, false), (#""\x""#, false), (#""\u12g4""#, false),
            ("\"tab\there\"", false), (#""open"#, false), ("'a'", false), ("[1]]", false), ("\u{feff}1", false),
        ])
    func texts(text: String, isJSON: Bool) {
        #expect(accepts(Array(text.utf8)) == isJSON)
        #expect(parses(Array(text.utf8)) == isJSON)
    }

    @Test("bytes that are no UTF-8, at each place of an eight-byte word")
    func invalidUTF8() {
        let wrong: [[UInt8]] = [
            [0x80], [0xc0, 0xaf], [0xc1, 0xbf], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xf0, 0x8f, 0xbf, 0xbf],
            [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc3], [0xe2, 0x80], [0xff],
        ]
        for bytes in wrong {
            for lead in 0..<9 {
                let text = [0x22] + Array(repeating: 0x61, count: lead) + bytes + [0x22]
                #expect(!accepts(text), "\(text)")
            }
        }
    }

    @Test("nesting up to 200 levels")
    func depth() {
        func nested(_ levels: Int) -> [UInt8] {
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        #expect(accepts(nested(200)))
        #expect(!accepts(nested(201)))
        #expect(!accepts(Array(repeating: 0x5b, count: 1_000_000)))
    }

    @Test("it takes the same texts for JSON as the parser does, whatever single bytes are changed")
    func differential() {
        let text = Array(
            #"{"a\u00e9\"b":[1,-2.5e+3,true,false,null,"text longer than a word","\ud83d\ude00é\n"],"": {"x" : []}}"#
                .utf8)
        var generator = Sequence64(state: 0x9e37_79b9_7f4a_7c15)
        var accepted = 0
        for _ in 0..<4_000 {
            var changed = text
            for _ in 0...Int(generator.next() % 3) {
                let place = Int(generator.next() % UInt64(changed.count))
                switch generator.next() % 4 {
                case 0: changed[place] = UInt8(truncatingIfNeeded: generator.next())
                case 1: changed[place] = text[Int(generator.next() % UInt64(text.count))]
                case 2: changed.remove(at: place)
                default: changed.insert(text[Int(generator.next() % UInt64(text.count))], at: place)
                }
            }
            let isJSON = parses(changed)
            if isJSON { accepted += 1 }
            #expect(accepts(changed) == isJSON, "\(String(decoding: changed, as: UTF8.self))")
        }
        #expect(accepted > 200)
        #expect(accepted < 3_800)
    }
}

/// Numbers that are the same at every run (xorshift).
private struct Sequence64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
