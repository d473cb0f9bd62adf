import Bytes

/// HTML that may stand in any page as it is. Only this module makes it.
public struct SafeHTML: Hashable, Sendable {
    /// The HTML.
    public let text: String

    /// HTML that this module made or cleaned.
    init(trusted text: String) {
        self.text = text
    }

    /// HTML that shows `plain` as it is.
    public init(escaping plain: String) {
        var buffer = ByteBuffer()
        buffer.appendHTML(plain)
        text = String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// JSON for the inside of `<script type="application/ld+json">`: `<` is written `\u003c`, so that nothing in it ends the
    /// element.
    public init(jsonLD value: JSONValue) {
        var json = ByteBuffer()
        json.appendJSON(value)
        var buffer = ByteBuffer(capacity: json.count)
        for byte in json.bytes {
            // In JSON it stands in strings only.
            if byte == UInt8(ascii: "<") { buffer.append("\\u003c") } else { buffer.append(byte) }
        }
        text = String(decoding: buffer.bytes, as: UTF8.self)
    }
}
