import Foundation
import Store
import Support

/// Measures `mitxonline-build render` on synthetic catalogs.
enum RenderBench {
    static func run(_ options: BenchOptions) async throws {
        for folder in folders(options) { try await measure(options, below: folder) }
    }

    /// The memory file system if the trees find room there, then the disk.
    private static func folders(_ options: BenchOptions) -> [String] {
        guard options.folders.isEmpty else { return options.folders }
        // A course takes 95 KB in each of two trees, 25 KB in each of two databases and 65 KB in the program's memory.
        let needed = (options.sizes.max() ?? 0) * 330_000 + 2_000_000_000
        let memory = "/dev/shm"
        let fits = WorkFolder.isMemory(memory) && WorkFolder.hasRoom(for: needed, at: memory)
        return (fits ? [memory] : []) + [".build"]
    }

    private static func measure(_ options: BenchOptions, below parent: String) async throws {
        let folder = try WorkFolder(below: parent)
        defer { folder.remove() }
        let isMemory = WorkFolder.isMemory(folder.path)
        // Round 0 is not counted. A disk's speed varies so much that more rounds would only take longer.
        let rounds = isMemory ? 0...options.runs : 1...1
        say(
            "Renders. \(machine); output in \(parent), "
                + (isMemory
                    ? "a memory file system; medians of \(options.runs)" : "on a disk, for orientation; one round")
                + "\nWhat PostgreSQL's server needs is in no figure but the wall time.\n")
        var series: [Series] = []
        for size in options.sizes.sorted() {
            series += try await measure(courses: size, options, rounds: rounds, in: folder.path)
        }
        let report = Report(series: series, floor: ownPeak)
        say(report.table + "\n")
        let budgets = isMemory ? [""] + Budget.all(series).map(\.line) : []
        say((report.growth + budgets + [""]).joined(separator: "\n"))
    }

    /// Measures both engines, in turn.
    private static func measure(
        courses: Int, _ options: BenchOptions, rounds: ClosedRange<Int>, in folder: String
    ) async throws -> [Series] {
        let name = "bench_\(courses)"
        let server = PostgresServer.shared
        try await server.createDatabase(named: name, arguments: [])
        let file = "\(folder)/\(name).sqlite"
        let places = [
            ("SQLite", "sqlite:\(file)"), ("PostgreSQL", try await server.locator(name, through: .postgres)),
        ]
        var measurements: [RenderMeasurement] = []
        for (engine, locator) in places {
            _ = try Child.succeed([try ownPath(), "--database", locator, "--courses", "\(courses)"])
            measurements.append(
                try await RenderMeasurement(
                    of: locator, Series(courses: courses, engine: engine), program: options.program, folder: folder))
        }
        for round in rounds {
            for index in measurements.indices { try await measurements[index].measure(round: round) }
        }
        try await server.dropDatabase(name)
        try FileManager.default.removeItem(atPath: file)
        return measurements.map(\.series)
    }
}
