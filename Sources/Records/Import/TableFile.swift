import Bytes
import Store

/// One table as a CSV file: a header row with names of columns, `\N` for NULL.
public struct TableFile: Sendable {
    /// The file's name, for messages.
    public let name: String
    private let table: Schema.Table
    private let columns: [Schema.Column]
    private let reader: CSVReader

    /// The file `name`, whose table is what stands before `.csv`.
    ///
    /// Columns that the file leaves out become NULL.
    ///
    /// - Throws: ``ImportError`` when MITx Online has no such table or column, a column is named twice or one that cannot be
    ///   NULL is missing.
    public init(name: String, bytes: [UInt8]) throws(ImportError) {
        func error(_ problem: String, line: Int? = nil) -> ImportError {
            ImportError(file: name, line: line, problem: problem)
        }
        guard name.hasSuffix(".csv"), let table = Schema.reference[String(name.dropLast(4))] else {
            throw error("is not named after a table of MITx Online (TABLE.csv); rename or remove it")
        }
        let reader: CSVReader
        do {
            reader = try CSVReader(bytes)
        } catch let failure {
            throw error("\(failure.problem); correct the file", line: failure.line)
        }
        var columns: [Schema.Column] = []
        for header in reader.header {
            guard let column = table.columns.first(where: { $0.name == header }) else {
                throw error("names column \(header), which \(table.name) does not have; rename or remove it", line: 1)
            }
            guard !columns.contains(where: { $0.name == header }) else {
                throw error("names column \(header) twice; remove one of them", line: 1)
            }
            columns.append(column)
        }
        for column in table.columns where !column.isNullable && !reader.header.contains(column.name) {
            throw error("has no column \(column.name), which cannot be NULL; add it", line: 1)
        }
        self.name = name
        self.table = table
        self.columns = columns
        self.reader = reader
    }

    /// Inserts all rows and returns their number.
    ///
    /// - Throws: ``ImportError`` for a malformed line or value, `StoreError` for rows that the database refuses.
    public func load(into session: inout Session) throws -> Int {
        try session.insert(into: table.name, columns: columns.map(\.name)) { add in
            var rows = reader
            while let values = try next(&rows) {
                var binds: [Bind] = []
                binds.reserveCapacity(values.count)
                for (column, value) in zip(columns, values) {
                    guard let bind = column.bind(fromText: value) else {
                        let expected =
                            value == nil ? "is NULL, which it cannot be" : "is not of the type \(column.type)"
                        throw ImportError(
                            file: name, line: rows.rowLine, problem: "column \(column.name) \(expected); correct it")
                    }
                    binds.append(bind)
                }
                try add(binds)
            }
        }
    }

    private func next(_ rows: inout CSVReader) throws(ImportError) -> [String?]? {
        do {
            return try rows.next()
        } catch {
            throw ImportError(file: name, line: error.line, problem: "\(error.problem); correct the file")
        }
    }
}
