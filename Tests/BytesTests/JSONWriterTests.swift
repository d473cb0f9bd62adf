import Bytes
import Foundation
import Support
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    private func json(_ text: String) -> String {
        var buffer = ByteBuffer()
        buffer.appendJSON(text)
        return buffer.text
    }

    @Test(
        "CAT-27 slashes and accents stay literal, quotes and line separators are escaped",
        arguments: [
            ("", "\"\""), ("a/b", "\"a/b\""), ("é中😀", "\"é中😀\""), ("\u{2028}", "\"\\u2028\""),
            ("x\u{2029}y", "\"x\\u2029y\""),
            ("say \"hi\"", "\"say \\\"hi\\\"\""), ("a\\b", "\"a\\\\b\""), ("\u{8}\t\n\u{c}\r", "\"\\b\\t\\n\\f\\r\""),
            ("\u{0}\u{b}\u{f}\u{10}\u{1a}\u{1f}", "\"\\u0000\\u000b\\u000f\\u0010\\u001a\\u001f\""),
            ("\u{7f}", "\"\u{7f}\""),
            ("\u{2027}\u{202a}\u{20a8}’", "\"\u{2027}\u{202a}\u{20a8}’\""), ("<a href='x'>&", "\"<a href='x'>&\""),
        ])
    func escapes(text: String, expected: String) {
        #expect(json(text).utf8.elementsEqual(expected.utf8))
    }

    @Test("every text reads back as itself, here and in Foundation")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<12 {
                let highest: UInt32 = [0x30, 0x100, 0x2100, 0x10ffff].randomElement(using: &random) ?? 0
                guard let scalar = Unicode.Scalar(UInt32.random(in: 0...highest, using: &random)) else { continue }
                text.unicodeScalars.append(scalar)
            }
            let written = json(text)
            #expect(try JSONValue(parsing: written.utf8).string?.utf8.elementsEqual(text.utf8) == true)
            let oracle = try JSONSerialization.jsonObject(with: Data("[\(written)]".utf8)) as? [String]
            #expect(oracle?.first?.utf8.elementsEqual(text.utf8) == true)
        }
    }

    @Test("a value is written compactly, keys and number tokens as they were")
    func values() throws {
        let text = "{\"b\":[1.50,-0,1e3,null],\"a\":{\"\":\"\\u2028\"},\"c\":[true,false,{},[]]}"
        var buffer = ByteBuffer()
        buffer.appendJSON(try JSONValue(parsing: text.utf8))
        #expect(buffer.text == text)
    }
}
