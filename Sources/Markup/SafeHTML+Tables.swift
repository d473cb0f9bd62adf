import Bytes

extension SafeHTML {
    /// The same with every table in a region of its own that scrolls and that the keyboard reaches, since tables may be wider
    /// than a page. `label` names the regions to those who cannot see them.
    public func withScrollingTables(label: String) -> SafeHTML {
        let bytes = Array(text.utf8)
        var output = ByteBuffer()
        var clean = 0
        // Text is escaped, so that these bytes are never but the tags.
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "<") {
            if bytes[index...].starts(with: "<table".utf8) {
                output.append(bytes[clean..<index])
                output.append("<div class=\"scroll\" role=\"region\" aria-label=\"")
                output.appendHTML(label)
                output.append("\" tabindex=\"0\">")
                clean = index
            } else if bytes[index...].starts(with: "</table>".utf8) {
                let end = index + "</table>".utf8.count
                output.append(bytes[clean..<end])
                output.append("</div>")
                clean = end
            }
        }
        guard clean > 0 else { return self }
        output.append(bytes[clean...])
        return SafeHTML(trusted: String(decoding: output.bytes, as: UTF8.self))
    }
}
