import Bytes

extension JSONValue {
    /// The value as JSON with a line a member, indented by four spaces a level: the form of MITx Online's pages documents.
    public var indentedBytes: [UInt8] {
        var buffer = ByteBuffer()
        buffer.appendIndented(self, level: 0)
        return Array(buffer.bytes)
    }
}

extension ByteBuffer {
    fileprivate mutating func appendIndented(_ value: JSONValue, level: Int) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            append("[")
            for (index, element) in elements.enumerated() {
                appendLine(isFirst: index == 0, level: level + 1)
                appendIndented(element, level: level + 1)
            }
            appendLine(isFirst: true, level: level)
            append("]")
        case .object(let members) where !members.isEmpty:
            append("{")
            for (index, member) in members.enumerated() {
                appendLine(isFirst: index == 0, level: level + 1)
                appendJSON(member.key)
                append(": ")
                appendIndented(member.value, level: level + 1)
            }
            appendLine(isFirst: true, level: level)
            append("}")
        default: appendJSON(value)
        }
    }

    private mutating func appendLine(isFirst: Bool, level: Int) {
        append(isFirst ? "\n" : ",\n")
        for _ in 0..<level { append("    ") }
    }
}
