import Bytes

/// The text form of UUIDs.
enum UUIDText {
    /// Lower-case with dashes, from 32 hexadecimal digits with or without dashes; nil for anything else.
    static func normalised(_ bytes: some Collection<UInt8>) -> String? {
        guard bytes.count == 32 || bytes.count == 36 else { return nil }
        var buffer = ByteBuffer(capacity: 36)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                buffer.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                buffer.append(byte | 0x20)
            case UInt8(ascii: "-") where bytes.count == 36 && [8, 13, 18, 23].contains(index):
                continue
            default:
                return nil
            }
            if [8, 13, 18, 23].contains(buffer.count) { buffer.append("-") }
        }
        return buffer.count == 36 ? String(decoding: buffer.bytes, as: UTF8.self) : nil
    }
}
