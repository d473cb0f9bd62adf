/// The name of an element or attribute in lower case, up to 16 bytes of it: as long as any name that matters.
struct ElementName: Hashable {
    private var high: UInt64 = 0
    private var low: UInt64 = 0

    /// A name that libxml2 gives, which ends with a zero.
    init(_ name: UnsafePointer<UInt8>) {
        var index = 0
        while index < 16, name[index] != 0 {
            append(name[index])
            index += 1
        }
        // A longer one is none of ours: what would be cut is told apart by a byte that no name has.
        if index == 16, name[16] != 0 { low |= 0xff }
    }

    init(_ name: String) {
        for byte in name.utf8.prefix(16) { append(byte) }
    }

    private mutating func append(_ byte: UInt8) {
        high = high << 8 | low >> 56
        low = low << 8 | UInt64(byte)
    }
}
