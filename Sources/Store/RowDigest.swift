import Bytes

/// The digest of all rows that a session has read, with their statements: equal digests of two sessions on one engine mean
/// equal answers.
final class RowDigest {
    private var sha = SHA256()
    private var pending = RowBytes()

    /// Begins a statement; its rows follow.
    func begin(_ sql: SQL) {
        for part in sql.parts {
            pending.append(tag: 0xf0)
            pending.append(text: Array("\(part)".utf8))
        }
        pending.append(tag: 0xf1)
    }

    /// Takes in one row.
    func add(_ row: borrowing Row) {
        // Taken out for the whole row: each access to a property of a class is checked.
        var bytes = RowBytes.none
        swap(&bytes, &pending)
        for cell in row.buffer.cells { bytes.append(cell) }
        if bytes.isFull { flush(&bytes) }
        swap(&bytes, &pending)
    }

    /// The digest of everything so far.
    func finish() -> Digest {
        flush(&pending)
        var done = SHA256()
        swap(&done, &sha)
        return done.finalize()
    }

    private func flush(_ bytes: inout RowBytes) {
        sha.update(bytes.storage)
        bytes.storage.removeAll(keepingCapacity: true)
    }
}

/// Cells as bytes that no other cells have, collected since a call for each would cost more than the digest.
private struct RowBytes {
    private static let capacity = 1 << 16
    static let none = RowBytes(storage: [])

    var storage: [UInt8]

    init() {
        storage = []
        storage.reserveCapacity(2 * Self.capacity)
    }

    private init(storage: [UInt8]) {
        self.storage = storage
    }

    var isFull: Bool { storage.count >= Self.capacity }

    mutating func append(_ cell: Cell) {
        append(tag: cell.kind.rawValue)
        switch cell.kind {
        case .null, .blob: break
        case .integer: append(number: cell.integer)
        case .real: append(number: Int64(bitPattern: cell.real.bitPattern))
        case .text: append(text: cell.text)
        }
    }

    mutating func append(tag: UInt8) { storage.append(tag) }

    private mutating func append(number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { storage.append(contentsOf: $0) }
    }

    /// With the length first, so that no two rows share their bytes.
    mutating func append(text: some Collection<UInt8>) {
        append(number: Int64(text.count))
        storage.append(contentsOf: text)
    }
}
