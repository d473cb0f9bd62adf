import Bytes

/// Rows in the text form of `COPY`: columns parted by tabs, rows by line feeds, NULL as `\N`.
struct CopyBuffer {
    private var buffer = ByteBuffer(capacity: CopyBuffer.capacity + 4096)
    private static let capacity = 64 * 1024

    var isFull: Bool { buffer.count >= CopyBuffer.capacity }

    mutating func append(_ row: [Bind]) {
        for (index, value) in row.enumerated() {
            if index > 0 { buffer.append("\t") }
            guard let text = Dialect.postgres.text(of: value) else {
                buffer.append("\\N")
                continue
            }
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): buffer.append("\\\\")
                case UInt8(ascii: "\t"): buffer.append("\\t")
                case UInt8(ascii: "\n"): buffer.append("\\n")
                case UInt8(ascii: "\r"): buffer.append("\\r")
                default: buffer.append(byte)
                }
            }
        }
        buffer.append("\n")
    }

    mutating func takeBytes() -> [UInt8] {
        defer { buffer = ByteBuffer(capacity: CopyBuffer.capacity + 4096) }
        return buffer.bytes
    }
}
