import Bytes

/// The digest of all rows that a session has read, with their statements: equal digests of two sessions on one engine mean
/// equal answers.
final class RowDigest {
    private var sha = SHA256()
    private var pending: [UInt8] = []
    /// The bytes that are collected before they are digested: a call for each cell would cost more than the digest.
    private static let capacity = 1 << 16

    init() {
        pending.reserveCapacity(2 * Self.capacity)
    }

    /// Begins a statement; its rows follow.
    func begin(_ sql: SQL) {
        for part in sql.parts {
            append(tag: 0xf0)
            append(text: Array("\(part)".utf8))
        }
        append(tag: 0xf1)
    }

    /// Takes in one row.
    func add(_ row: borrowing Row) {
        for cell in row.buffer.cells { add(cell) }
        if pending.count >= Self.capacity { flush() }
    }

    /// The digest of everything so far.
    func finish() -> Digest {
        flush()
        var done = SHA256()
        swap(&done, &sha)
        return done.finalize()
    }

    private func add(_ cell: Cell) {
        append(tag: cell.kind.rawValue)
        switch cell.kind {
        case .null, .blob: break
        case .integer: append(number: cell.integer)
        case .real: append(number: Int64(bitPattern: cell.real.bitPattern))
        case .text: append(text: cell.text)
        }
    }

    private func append(tag: UInt8) { pending.append(tag) }

    private func append(number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { pending.append(contentsOf: $0) }
    }

    /// With the length first, so that no two rows share their bytes.
    private func append(text: some Collection<UInt8>) {
        append(number: Int64(text.count))
        pending.append(contentsOf: text)
    }

    private func flush() {
        sha.update(pending)
        pending.removeAll(keepingCapacity: true)
    }
}
