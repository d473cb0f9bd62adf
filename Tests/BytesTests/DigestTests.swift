import Bytes
import Testing

@Suite("Digests as text")
struct DigestTests {
    @Test("are read back from their hexadecimal digits, in either case")
    func roundTrip() throws {
        let digest = SHA256.hash("abc".utf8)
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        var buffer = ByteBuffer()
        buffer.append(digest)
        #expect(String(decoding: buffer.bytes, as: UTF8.self) == digest.hex)
    }

    @Test(
        "nothing else is one",
        arguments: ["", "ab", String(repeating: "0", count: 63), String(repeating: "g", count: 64)])
    func others(text: String) {
        #expect(Digest(hex: text) == nil)
    }
}
