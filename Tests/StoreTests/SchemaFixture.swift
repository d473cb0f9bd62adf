import Foundation

/// The tables of MITx Online as read from a database that its own migrations made: `Tests/Fixtures/schema.tsv`.
enum SchemaFixture {
    /// A line of the file: a column with all that concerns it.
    struct Line: Equatable {
        var table: String
        var column: String
        var type: String
        var nullable: String
        var defaultValue: String
        var primaryKey: String
        var uniques: Set<String>
        var foreignKey: String
        var checks: Set<String>
        var indexes: Set<String>
    }

    static func lines() throws -> [Line] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Fixtures/schema.tsv")
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            func list(_ index: Int) -> Set<String> {
                Set(fields[index].components(separatedBy: "; ").filter { !$0.isEmpty })
            }
            return Line(
                table: fields[0], column: fields[2], type: fields[3], nullable: fields[4], defaultValue: fields[5],
                primaryKey: fields[6], uniques: list(7), foreignKey: fields[8], checks: list(9), indexes: list(10))
        }
    }
}
