import Bytes
import Support
import Testing

/// A table as the program prints it: a line of titles, then rows, whose columns begin where the titles do.
struct PrintedTable {
    /// The rows, each with its cells by their titles. What stands behind the last title belongs to the last cell.
    let rows: [[String: String]]

    /// The table at the beginning of `output`, up to the first line that begins in another way than its rows do.
    init(_ output: String, isRow: (String) -> Bool = { _ in true }) throws {
        let lines = output.split(separator: "\n").map(String.init)
        let titles = try #require(lines.first)
        // A title may hold single spaces.
        let columns = titles.matches(of: /\S+(?: \S+)*/).map { match in
            (title: String(match.output), start: titles.distance(from: titles.startIndex, to: match.range.lowerBound))
        }
        rows = lines.dropFirst().prefix(while: isRow).map { line in
            let characters = Array(line)
            var row: [String: String] = [:]
            for (index, column) in columns.enumerated() {
                let end = index + 1 < columns.count ? columns[index + 1].start : characters.count
                let cell = characters.prefix(end).dropFirst(column.start)
                row[column.title] = String(cell).trimmingSuffix()
            }
            return row
        }
    }

    /// The row whose `column` says `value`.
    func row(_ column: String, _ value: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String:
        String]
    {
        try #require(rows.first { $0[column] == value }, sourceLocation: sourceLocation)
    }
}

extension String {
    fileprivate func trimmingSuffix() -> String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

extension ProgramResult {
    /// Standard output as one JSON document.
    func document() throws -> JSONValue {
        try JSONValue(parsing: Array(output.utf8))
    }
}

extension JSONValue {
    /// The text of a member of this object.
    func text(_ key: String) -> String? { self[key]?.string }

    /// The object in the array `list` whose `key` is `value`.
    func object(
        in list: String, where key: String, is value: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        try #require(self[list]?.array?.first { $0.text(key) == value }, sourceLocation: sourceLocation)
    }
}
