import Bytes
import Command
import FoundationEssentials
import Records
import Store

/// `mitxonline-build import DIR`.
enum ImportCommand {
    private static let folder = Argument(
        "DIR", ValueType<String>.path, "the folder with a file TABLE.csv for each table")

    static let subcommand = Subcommand(
        "import", "Loads a folder of CSV files, one for each table, into an empty database",
        discussion: """
            The first line of a file names the columns; \\N is NULL, t and f are booleans, instants are UTC. An SQLite file \
            and the tables are created where they are missing. Either all rows are loaded or nothing is changed.
            """,
        arguments: [folder], settings: [BuildSettings.database], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let path = try invocation[folder]
        let files = try tableFiles(in: path)
        var options = DatabaseOptions()
        options.createsFile = true
        let database = try Database(
            try invocation[BuildSettings.database], environment: invocation.environment, options: options)
        let rows = try await database.write { session in try CatalogImport.load(files, into: &session) }
        try invocation.print("imported \(rows) rows into \(files.count) tables") { result in
            result.member("tables", files.count)
            result.member("rows", rows)
        }
        return Outcome(summary: ["tables": .int(files.count), "rows": .int(rows)])
    }

    private static func tableFiles(in path: String) throws -> [TableFile] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Failure(.data, "\(path): cannot be read as a folder of table files; check the path")
        }
        let visible = names.filter { !$0.hasPrefix(".") }.sorted { ByteKey($0) < ByteKey($1) }
        guard !visible.isEmpty else { throw Failure(.data, "\(path): holds no table files; check the path") }
        return try visible.map { name in
            guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)") else {
                throw Failure(.data, "\(path)/\(name): cannot be read; check its rights")
            }
            return try TableFile(name: name, bytes: Array(bytes))
        }
    }
}
