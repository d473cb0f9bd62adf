import Bytes

extension SafeHTML {
    /// What `write` appends, which must be JSON, for a `script` element of structured data: without `<`, nothing in it can end
    /// the element.
    public init(jsonLD write: (inout ByteBuffer) throws -> Void) rethrows {
        var json = ByteBuffer()
        try write(&json)
        var rest = json.bytes[...]
        guard rest.contains(UInt8(ascii: "<")) else {
            self.init(trusted: String(decoding: rest, as: UTF8.self))
            return
        }
        var output = ByteBuffer(capacity: rest.count + 64)
        while let found = rest.firstIndex(of: UInt8(ascii: "<")) {
            output.append(rest[..<found])
            // JSON has it in strings only.
            output.append("\\u003c")
            rest = rest[(found + 1)...]
        }
        output.append(rest)
        self.init(trusted: String(decoding: output.bytes, as: UTF8.self))
    }
}
