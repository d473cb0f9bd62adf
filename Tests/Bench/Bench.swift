import Foundation
import Store
import Support

/// Measures `mitxonline-build render` on synthetic catalogs.
@main
enum Bench {
    static func main() async {
        do {
            let options = try BenchOptions(Array(CommandLine.arguments.dropFirst()))
            if let locator = options.database {
                for size in options.sizes.prefix(1) { try await write(courses: size, to: locator) }
            }
        } catch {
            let isUsage = (error as? BenchError)?.isUsage ?? false
            FileHandle.standardError.write(Data("\(error)\n\(isUsage ? BenchOptions.usage + "\n" : "")".utf8))
            exit(isUsage ? 64 : 1)
        }
    }

    /// Fills an empty database and says what is in it.
    private static func write(courses: Int, to locator: String) async throws {
        let rows = try await SyntheticCatalog(courses: courses).write(to: locator)
        print("\(rows) rows for \(courses) courses")
    }
}
