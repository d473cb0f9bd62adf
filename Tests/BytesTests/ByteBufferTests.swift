import Bytes
import Testing

@Suite("Byte buffer")
struct ByteBufferTests {
    @Test(
        "integers in decimal digits",
        arguments: [
            (0, "0"), (7, "7"), (-1, "-1"), (10, "10"), (Int64.max, "9223372036854775807"),
            (Int64.min, "-9223372036854775808"),
        ])
    func integers(number: Int64, text: String) {
        var buffer = ByteBuffer()
        buffer.append(number)
        #expect(buffer.text == text)
    }

    @Test("leading zeros up to a width, which never cuts digits off")
    func width() {
        var buffer = ByteBuffer()
        buffer.append(7, width: 3)
        buffer.append(-7, width: 3)
        buffer.append(12345 as Int64, width: 3)
        buffer.append(0, width: 0)
        #expect(buffer.text == "007-00712345" + "0")
    }

    @Test("literals, texts, slices and bytes follow each other; removing keeps nothing")
    func pieces() {
        let text = "zwölf"
        var buffer = ByteBuffer(capacity: 4)
        buffer.append("é😀")
        buffer.append(text)
        buffer.append([1, 2, 3][1...])
        buffer.append(0xff as UInt8)
        #expect(buffer.bytes == Array("é😀zwölf".utf8) + [2, 3, 0xff])
        #expect(buffer.count == 15)
        buffer.removeAll()
        #expect(buffer.bytes.isEmpty)
    }
}

extension ByteBuffer {
    /// What was written, as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
