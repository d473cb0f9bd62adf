import Bytes

extension FinishedSnapshot {
    /// The manifest `files.tsv`: for each file one line with path, size in bytes and SHA-256 in hexadecimal digits,
    /// separated by tabs (`spec/catalog.md` §5.5.2).
    var manifest: [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var buffer = ByteBuffer(capacity: files.count * 128)
        for file in files {
            buffer.append(file.path)
            buffer.append("\t")
            buffer.append(file.size)
            buffer.append("\t")
            for byte in file.digest.bytes {
                buffer.append(digits[Int(byte >> 4)])
                buffer.append(digits[Int(byte & 15)])
            }
            buffer.append("\n")
        }
        return buffer.bytes
    }
}
