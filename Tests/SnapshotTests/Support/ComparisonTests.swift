import Bytes
import Support
import Testing

@Suite("Comparison")
struct ComparisonTests {
    @Test(
        "the first difference of two documents is named",
        arguments: [
            (#"{"a":1}"#, #"{"a":1}"#, nil),
            (#"{"a":1.0}"#, #"{"a":1}"#, "/a: expected 1.0, found 1"),
            (#"{"a":null}"#, #"{"a":""}"#, #"/a: expected null, found """#),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, "(document): keys: expected a as number 1, found b"),
            (#"{"a":1,"b":2}"#, #"{"a":1,"c":2}"#, "(document): keys: missing b; unexpected c"),
            (#"{"id":7,"x/y":[1,2]}"#, #"{"id":7,"x/y":[1,3]}"#, "/x~1y/1: expected 2, found 3 (in id 7)"),
            ("[1,2]", "[1]", "(document): 1 elements, missing from there on: 2"),
            ("[1]", "[1,2]", "(document): 2 elements, too many from there on: 2"),
            ("[[1],{}]", "[[1],[]]", "/1: expected {}, found []"),
            ("\"\u{e9}\"", "\"e\u{301}\"", "(document): expected \"\u{e9}\", found \"e\u{301}\""),
        ] as [(String, String, String?)])
    func documents(expected: String, found: String, difference: String?) throws {
        let documents = (try JSONValue(parsing: expected.utf8), try JSONValue(parsing: found.utf8))
        #expect(documents.1.firstDifference(from: documents.0)?.description == difference)
    }

    @Test("the first different byte is shown in its surroundings")
    func bytes() throws {
        #expect(ByteDifference(expected: Array("same".utf8), found: Array("same".utf8)) == nil)
        let difference = try #require(ByteDifference(expected: Array("a\nbc".utf8), found: Array("a\nbd".utf8)))
        #expect(difference.offset == 3)
        #expect(difference.expected == #"a\nb▸c (end, 4 bytes)"#)
        let shorter = try #require(ByteDifference(expected: Array("abc".utf8), found: Array("ab".utf8)))
        #expect(shorter.offset == 2)
        #expect(shorter.found == "ab▸ (end, 2 bytes)")
    }

    @Test("indented JSON has a line a member and leaves empty containers closed")
    func indented() throws {
        let value = try JSONValue(parsing: #"{"a":[1,{"b":[]}],"c":{}}"#.utf8)
        let text = """
            {
                "a": [
                    1,
                    {
                        "b": []
                    }
                ],
                "c": {}
            }
            """
        #expect(String(decoding: value.indentedBytes, as: UTF8.self) == text)
    }
}
