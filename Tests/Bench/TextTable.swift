/// A table in aligned columns: the first ones to the left, numbers to the right.
struct TextTable {
    private var rows: [[String]]
    private let leftColumns: Int

    init(_ header: [String], leftColumns: Int) {
        rows = [header]
        self.leftColumns = leftColumns
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < leftColumns ? cell.0 + space : space + cell.0
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
