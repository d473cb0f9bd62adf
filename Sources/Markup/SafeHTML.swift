import Bytes

/// HTML that may stand in a page as it is: only this module makes it, out of what it has cleaned, escaped or encoded.
public struct SafeHTML: Sendable, Equatable {
    /// The HTML itself.
    public let text: String

    /// `text` as HTML that shows exactly that text, in an element or a quoted attribute value.
    public init(escaping text: String) {
        var output = ByteBuffer(capacity: text.utf8.count)
        output.appendHTML(text)
        self.text = String(decoding: output.bytes, as: UTF8.self)
    }

    /// `value` as JSON for a `script` element of structured data: without `<`, nothing in it can end the element.
    public init(jsonLD value: JSONValue) {
        var json = ByteBuffer()
        json.appendJSON(value)
        var output = ByteBuffer(capacity: json.count)
        for byte in json.bytes {
            if byte == UInt8(ascii: "<") { output.append("\\u003c") } else { output.append(byte) }
        }
        text = String(decoding: output.bytes, as: UTF8.self)
    }

    /// `text` as it is; the caller vouches for it.
    init(trusted text: String) {
        self.text = text
    }
}
