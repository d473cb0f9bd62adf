import Bytes
import Testing

@Suite("JSON parser")
struct JSONParserTests {
    private func parse(_ text: String) throws(JSONError) -> JSONValue {
        try JSONValue(parsing: text.utf8)
    }

    @Test(
        "accepted documents",
        arguments: [
            ("null", JSONValue.null), (" true\n", .bool(true)), ("\tfalse\r", .bool(false)), ("\"\"", .string("")),
            ("[]", .array([])), ("{}", .object([])), ("[ ]", .array([])), ("{ }", .object([])),
            ("[1,\"a\",null]", .array([.number("1"), .string("a"), .null])),
            ("[[],[[]]]", .array([.array([]), .array([.array([])])])),
            (
                " { \"b\" : 1 , \"a\" : [ true ] } ",
                .object([.init(key: "b", value: .number("1")), .init(key: "a", value: .array([.bool(true)]))])
            ),
        ])
    func accepted(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(
        "numbers keep their digits",
        arguments: [
            "0", "-0", "1", "10", "-10.50", "0.1", "1e3", "1E+3", "1.25e-7", "123456789012345678901234567890", "1e400",
            "2.50",
        ])
    func numbers(text: String) throws {
        #expect(try parse(text) == .number(text))
    }

    @Test(
        "refused documents",
        arguments: [
            "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1.e3", "1e", "1e+",
            "0x1",
            "--1", "1 2", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1",
            "{\"a\":1,}",
            "{,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{1:1}", "{\"a\":1 \"b\":2}", "\"", "\"a", "'a'", "\"\\", "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"", "\"\\u12G4\"", "\"\\u+123\"", "\"\\uｆ000\"", "\"\\'\"", "\"a\nb\"", "\"a\tb\"", "\"a\u{0}b\"",
            "\"\\n\u{1f}\"", "[1]x", "null null", "/**/1", "[1//]\n]", "\u{feff}1", "\u{a0}1", "1\u{b}",
        ])
    func refused(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test(
        "escapes",
        arguments: [
            ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{c}\n\r\t"), ("\"\\u00e9\\u00E9\"", "éé"),
            ("\"é\\u2028\u{2028}/\"", "é\u{2028}\u{2028}/"), ("\"\\ud83d\\ude00\"", "😀"),
            ("\"\\uD800\\uDC00\"", "\u{10000}"),
            ("\"\\uDBFF\\uDFFF\"", "\u{10ffff}"), ("\"a\\u0000b\"", "a\u{0}b"),
            ("\"\\uffff\\ue000\\ud7ff\"", "\u{ffff}\u{e000}\u{d7ff}"),
            ("\"\u{7f}\"", "\u{7f}"),
        ])
    func escapes(text: String, string: String) throws {
        let parsed = try #require(try parse(text).string)
        #expect(parsed.utf8.elementsEqual(string.utf8))
    }

    @Test(
        "half a surrogate pair is refused: PostgreSQL's jsonb never has one",
        arguments: [
            "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800a\"", "\"\\ud800\\n\"", "\"\\ud800\\ud800\"", "\"\\udc00\\ud800\"",
            "\"\\ud800\\u0041\"", "\"\\ud83d\"",
        ])
    func loneSurrogates(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test(
        "invalid UTF-8 is refused, with and without an escape before it",
        arguments: [[0xff], [0x80], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        for prefix in ["", "\\n"] {
            #expect(throws: JSONError.self) {
                try JSONValue(parsing: Array("\"\(prefix)".utf8) + bytes + Array("\"".utf8))
            }
        }
    }

    @Test("nesting is read to its limit and refused beyond, so that no input exhausts the stack")
    func depth() throws {
        let limit = JSONValue.maximumDepth
        _ = try parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
        _ = try parse(String(repeating: "[[],", count: limit - 1) + "[]" + String(repeating: "]", count: limit - 1))
        #expect(throws: JSONError.self) {
            try parse(String(repeating: "[", count: limit + 1) + String(repeating: "]", count: limit + 1))
        }
        #expect(throws: JSONError.self) { try parse(String(repeating: "{\"a\":", count: 1_000_000)) }
    }

    @Test("a mistake is located, the text itself is not quoted")
    func errors() {
        let error = #expect(throws: JSONError.self) { try parse("{\"secret\": 1,\n x}") }
        #expect(error?.offset == 15)
        #expect(error?.description == "a key is expected at byte 15")
    }

    @Test("values are looked up by key and read by type")
    func access() throws {
        let value = try parse("{\"a\":1,\"b\":[\"x\"],\"a\":2,\"c\":null,\"e\u{301}\":3,\"d\":1.5}")
        #expect(value["a"]?.int == 2)
        #expect(value["b"]?.array?.first?.string == "x")
        #expect(value["c"]?.isNull == true)
        #expect(value["\u{e9}"] == nil)
        #expect(value["e\u{301}"]?.int == 3)
        #expect(value["d"]?.int == nil)
        #expect(value["d"]?["a"] == nil)
        #expect(value.string == nil)
        #expect(value.array == nil)
    }
}
