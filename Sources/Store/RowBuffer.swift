/// The cells of the current row and the names of a statement's columns; one for the whole run of a statement.
@usableFromInline final class RowBuffer {
    /// The current row, filled by the driver.
    @usableFromInline let cells: UnsafeMutableBufferPointer<Cell>
    private let names: [[UInt8]]
    private let table: String?
    /// The column after the one read last, where the next search begins.
    private var next = 0
    /// The number of the current row, counted from 1.
    var row = 0

    /// - Throws: ``StoreError`` `invalidStatement` when two columns have one name, since a read could meet either.
    init(names: [[UInt8]], table: String?) throws(StoreError) {
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            let name = String(decoding: name, as: UTF8.self)
            throw StoreError(
                .invalidStatement, "the statement has two columns of this name",
                at: StoreError.Place(table: table, column: name))
        }
        self.names = names
        self.table = table
        cells = .allocate(capacity: names.count)
        cells.initialize(repeating: .null)
    }

    deinit {
        cells.deallocate()
    }

    /// The position of the column.
    @usableFromInline func index(of column: StaticString) throws(StoreError) -> Int {
        for offset in 0..<names.count {
            var index = next + offset
            if index >= names.count { index -= names.count }
            if matches(index, column) {
                next = index + 1 == names.count ? 0 : index + 1
                return index
            }
        }
        throw StoreError(
            .missingColumn, "the statement does not select this column",
            at: StoreError.Place(table: table, column: "\(column)"))
    }

    private func matches(_ index: Int, _ column: StaticString) -> Bool {
        let name = names[index]
        guard name.count == column.utf8CodeUnitCount else { return false }
        let bytes = UnsafeBufferPointer(start: column.utf8Start, count: name.count)
        return name.elementsEqual(bytes)
    }

    /// The error for a value that is not of the expected form. The value itself is not told.
    @usableFromInline func malformed(_ index: Int, expected: String) -> StoreError {
        let problem = cells[index].kind == .null ? "NULL where \(expected) is expected" : "not \(expected)"
        return StoreError(
            .malformedValue, problem,
            at: StoreError.Place(
                table: table, row: rowName, column: String(decoding: names[index], as: UTF8.self)))
    }

    /// The primary key, by convention the first column, if it is a number or a UUID; other keys could tell secrets.
    private var rowName: String {
        guard let key = cells.first else { return "row \(row)" }
        if let id = Int64(cell: key) { return "id \(id)" }
        if key.kind == .text, let id = UUIDText.normalised(key.text) { return "id \(id)" }
        return "row \(row)"
    }
}
