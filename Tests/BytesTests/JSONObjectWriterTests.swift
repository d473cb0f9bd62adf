import Bytes
import Testing

@Suite("JSON object writer")
struct JSONObjectWriterTests {
    @Test("members of every type, in the order they were written")
    func members() {
        var buffer = ByteBuffer()
        buffer.object { object in
            object.member("id", 7)
            object.member("title", "Glass \"Physics\"")
            object.member("live", true)
            object.member("start", Timestamp(microseconds: 1_000_001))
            object.memberNumber("min_price", Decimal64(units: 14950, scale: 2))
            object.memberText("price", Decimal64(units: 14950, scale: 2))
            object.member("data", json: .array([.null]))
            object.key("raw")
            object.buffer.append("[1]")
        }
        #expect(
            buffer.text
                == "{\"id\":7,\"title\":\"Glass \\\"Physics\\\"\",\"live\":true,"
                + "\"start\":\"1970-01-01T00:00:01.000001Z\","
                + "\"min_price\":149.5,\"price\":\"149.50\",\"data\":[null],\"raw\":[1]}")
    }

    @Test("nil is null for every type")
    func null() {
        var buffer = ByteBuffer()
        buffer.object { object in
            object.member("a", nil as String?)
            object.member("b", nil as Int?)
            object.member("c", nil as Bool?)
            object.member("d", nil as Timestamp?)
            object.memberNumber("e", nil)
            object.memberText("f", nil)
            object.member("g", json: nil)
        }
        #expect(buffer.text == "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null,\"f\":null,\"g\":null}")
    }

    @Test("objects and arrays nest, empty ones too, and what stood in the buffer stays")
    func nesting() {
        var buffer = ByteBuffer()
        buffer.append("x")
        buffer.object { object in
            object.object("page") { page in
                page.object("meta") { _ in }
                page.member("id", 1)
            }
            object.array("ids", [1, 2]) { $0.append($1) }
            object.array("none", [String]()) { $0.appendJSON($1) }
            object.objects("runs", ["a", "b"]) { $0.member("tag", $1) }
        }
        buffer.append("y")
        #expect(
            buffer.text
                == "x{\"page\":{\"meta\":{},\"id\":1},\"ids\":[1,2],\"none\":[],"
                + "\"runs\":[{\"tag\":\"a\"},{\"tag\":\"b\"}]}y"
        )
    }

    @Test("an error inside a body comes out, the buffer keeps its bytes")
    func errors() {
        struct Stop: Error {}
        var buffer = ByteBuffer()
        buffer.append("before ")
        #expect(throws: Stop.self) {
            try buffer.object { object in
                object.member("a", 1)
                throw Stop()
            }
        }
        #expect(buffer.text.hasPrefix("before {\"a\":1"))
    }
}
