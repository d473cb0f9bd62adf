import Bytes
import Markup

extension ByteBuffer {
    /// Appends what an XML file begins with.
    mutating func appendXMLDeclaration() { append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") }

    /// Appends an element that holds `text` alone, on a line of its own.
    mutating func appendElement(_ name: StaticString, _ text: String) {
        appendElement(name) { $0.appendXML(text) }
    }

    /// Appends an element that holds `instant` alone, on a line of its own.
    mutating func appendElement(_ name: StaticString, _ instant: Timestamp) {
        appendElement(name) { $0.append(instant) }
    }

    /// Appends an element whose content `body` writes, on a line of its own.
    mutating func appendElement(_ name: StaticString, _ body: (inout ByteBuffer) -> Void) {
        append("<")
        append(name)
        append(">")
        body(&self)
        append("</")
        append(name)
        append(">\n")
    }
}
