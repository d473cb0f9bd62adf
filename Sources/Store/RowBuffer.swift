#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The cells of the current row and the names of a statement's columns; one for the whole run of a statement.
@usableFromInline final class RowBuffer {
    /// The current row, filled by the driver.
    @usableFromInline let cells: UnsafeMutableBufferPointer<Cell>
    /// The names' bytes one after the other, and where each ends.
    private let names: UnsafeMutableBufferPointer<UInt8>
    private let ends: UnsafeMutableBufferPointer<Int>
    private let table: String?
    /// The column after the one read last, where the next search begins.
    private let next: UnsafeMutablePointer<Int>
    /// The number of the current row, counted from 1.
    var row = 0

    /// - Throws: ``StoreError`` `invalidStatement` when two columns have one name, since a read could meet either.
    init(names list: [String], table: String?) throws(StoreError) {
        for (index, name) in list.enumerated() where list[..<index].contains(name) {
            throw StoreError(
                .invalidStatement, "the statement has two columns of this name",
                at: StoreError.Place(table: table, column: name))
        }
        self.table = table
        names = .allocate(capacity: list.reduce(0) { $0 + $1.utf8.count })
        ends = .allocate(capacity: list.count)
        var end = 0
        for (index, name) in list.enumerated() {
            for byte in name.utf8 {
                names[end] = byte
                end += 1
            }
            ends[index] = end
        }
        cells = .allocate(capacity: list.count)
        cells.initialize(repeating: .null)
        next = .allocate(capacity: 1)
        next.initialize(to: 0)
    }

    deinit {
        names.deallocate()
        ends.deallocate()
        cells.deallocate()
        next.deallocate()
    }

    /// The names of the columns in their order.
    var columnNames: [String] {
        ends.indices.map { String(decoding: names[range(ofName: $0)], as: UTF8.self) }
    }

    /// The position of the column.
    @usableFromInline func index(of column: StaticString) throws(StoreError) -> Int {
        let start = next.pointee
        for index in start..<ends.count where matches(index, column) {
            next.pointee = index + 1
            return index
        }
        for index in 0..<start where matches(index, column) {
            next.pointee = index + 1
            return index
        }
        throw StoreError(
            .missingColumn, "the statement does not select this column",
            at: StoreError.Place(table: table, column: "\(column)"))
    }

    private func matches(_ index: Int, _ column: StaticString) -> Bool {
        let name = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(names)[range(ofName: index)])
        guard name.count == column.utf8CodeUnitCount, let start = name.baseAddress else { return false }
        return memcmp(start, column.utf8Start, name.count) == 0
    }

    private func range(ofName index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    /// The error for a value that is not of the expected form. The value itself is not told.
    @usableFromInline func malformed(_ index: Int, expected: String) -> StoreError {
        let problem = cells[index].kind == .null ? "NULL where \(expected) is expected" : "not \(expected)"
        return StoreError(
            .malformedValue, problem,
            at: StoreError.Place(
                table: table, row: rowName, column: String(decoding: names[range(ofName: index)], as: UTF8.self)))
    }

    /// The primary key, by convention the first column, if it is a number or a UUID; other keys could tell secrets.
    private var rowName: String {
        guard let key = cells.first else { return "row \(row)" }
        if let id = Int64(cell: key) { return "id \(id)" }
        if key.kind == .text, let id = UUIDText.normalised(key.text) { return "id \(id)" }
        return "row \(row)"
    }
}
