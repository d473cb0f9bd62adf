/// Cells one after the other, as bytes that no other cells have.
struct RowBytes: Sendable {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    /// Appends a cell: its kind, then its number, or its length and text.
    mutating func append(_ cell: Cell) {
        bytes.append(cell.kind.rawValue)
        switch cell.kind {
        case .null, .blob: break
        case .integer: append(cell.integer)
        case .real: append(Int64(bitPattern: cell.real.bitPattern))
        case .text:
            append(Int64(cell.text.count))
            bytes.append(contentsOf: cell.text)
        }
    }

    private mutating func append(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reads cells back; their texts live as long as the bytes.
struct RowBytesReader {
    private let bytes: UnsafeRawBufferPointer
    private var index: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        index = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { index >= end }

    /// The next cell.
    mutating func next() -> Cell {
        let kind = Cell.Kind(rawValue: bytes[index])
        index += 1
        switch kind {
        case .integer: return Cell(integer: number())
        case .real: return Cell(real: Double(bitPattern: UInt64(bitPattern: number())))
        case .text:
            let count = Int(number())
            defer { index += count }
            return Cell(
                text: UnsafeRawBufferPointer(rebasing: bytes[index..<index + count]).bindMemory(to: UInt8.self))
        case .blob: return .blob
        case .null, nil: return .null
        }
    }

    private mutating func number() -> Int64 {
        defer { index += 8 }
        return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: Int64.self))
    }
}
