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
                try await write(courses: options.sizes[0], to: locator)
            } else {
                for folder in folders(options) { try await measure(options, below: folder) }
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
        say("\(rows) rows for \(courses) courses")
    }

    /// The memory file system if the trees find room there, then the disk.
    private static func folders(_ options: BenchOptions) -> [String] {
        guard options.folders.isEmpty else { return options.folders }
        // Both trees, both snapshots of a change and two databases: 70 KB a course each, and a reserve.
        let needed = (options.sizes.max() ?? 0) * 300_000 + 2 << 30
        let memory = "/dev/shm"
        let fits = WorkFolder.isMemory(memory) && WorkFolder.room(at: memory) > needed
        return (fits ? [memory] : []) + [".build"]
    }

    private static func measure(_ options: BenchOptions, below parent: String) async throws {
        let folder = try WorkFolder(below: parent)
        defer { folder.remove() }
        let place = WorkFolder.isMemory(folder.path) ? "a memory file system" : "a disk, for orientation"
        say(
            "\(ProcessInfo.processInfo.activeProcessorCount) cores; output on \(place) (\(parent)); median of "
                + "\(options.runs) runs; what PostgreSQL's server needs is in no figure but the wall time\n")
        var series: [Series] = []
        for size in options.sizes.sorted() {
            series += try await measure(courses: size, options, in: folder.path)
        }
        var own = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        let report = Report(series: series, floor: Int(own.ru_maxrss) * 1024)
        say(report.table + "\n")
        say((report.growth + [""] + Budget.all(series).map(\.line) + [""]).joined(separator: "\n"))
    }

    /// Prints so that it shows at once, also through a pipe.
    private static func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Measures both engines, in turn.
    private static func measure(courses: Int, _ options: BenchOptions, in folder: String) async throws -> [Series] {
        let name = "bench_\(courses)"
        let server = PostgresServer.shared
        try await server.createDatabase(named: name, arguments: [])
        let file = "\(folder)/\(name).sqlite"
        let places = [
            ("SQLite", "sqlite:\(file)"), ("PostgreSQL", try await server.locator(name, through: .postgres)),
        ]
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var measurements: [RenderMeasurement] = []
        for (engine, locator) in places {
            _ = try Child.succeed([own, "--database", locator, "--courses", "\(courses)"])
            measurements.append(
                try await RenderMeasurement(
                    of: locator, Series(courses: courses, engine: engine), program: options.program, folder: folder))
        }
        for round in 0...options.runs {
            for index in measurements.indices { try await measurements[index].measure(round: round) }
        }
        try await server.dropDatabase(name)
        try FileManager.default.removeItem(atPath: file)
        return measurements.map(\.series)
    }
}
