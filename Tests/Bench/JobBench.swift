import Foundation
import Store
import Support

/// Measures runs of `mitxonline-jobs`, each a process of its own.
struct JobBench {
    private let options: BenchOptions
    private let folder: String
    private let lms: LMSStandIn
    private var series: [JobSeries] = []

    static func run(_ options: BenchOptions) async throws {
        let parents = options.folders.isEmpty ? ["/dev/shm", ".build"] : options.folders
        for parent in parents {
            let folder = try WorkFolder(below: parent)
            defer { folder.remove() }
            let isMemory = WorkFolder.isMemory(folder.path)
            say(
                "Runs of jobs. \(machine); SQLite in \(parent), "
                    + (isMemory ? "a memory file system" : "on a disk, for orientation")
                    + "; medians of \(options.runs), of 11 for empty tables, of 1 for calls"
                    + "\nWhat PostgreSQL's server and Open edX need is in no figure but the wall time.\n")
            var bench = JobBench(options: options, folder: folder.path, lms: try LMSStandIn())
            for engine in isMemory ? Engine.allCases : [.sqlite] {
                try await bench.measureEmpty(engine)
                guard isMemory else { continue }
                // For their memory: it should be the same.
                for number in [10_000, 100_000] { try await bench.measureCertificates(engine, number) }
                try await bench.measureNone(engine)
                try await bench.measureDue(engine, 2000, [.known, .called])
                // For its memory: it should be that of 2000.
                try await bench.measureDue(engine, 10_000, [.known])
            }
            try bench.lms.stop()
            let budgets = isMemory ? Budget.all(bench.series).map(\.line) + [""] : []
            say(([bench.table, ""] + budgets).joined(separator: "\n"))
        }
    }

    private func database(
        _ engine: Engine, _ name: String, _ enrollments: SyntheticEnrollments
    ) async throws -> JobDatabase {
        try await JobDatabase(engine, named: name, in: folder, enrollments, program: options.jobsProgram)
    }

    private mutating func measureEmpty(_ engine: Engine) async throws {
        let database = try await database(engine, "empty", SyntheticEnrollments(0, failed: 0, areDue: false))
        try measure(.empty, database, rows: 0, failed: 0, runs: 0...11)
    }

    private mutating func measureNone(_ engine: Engine) async throws {
        let failed = options.rows / 100
        let database = try await database(
            engine, "none", SyntheticEnrollments(options.rows, failed: failed, areDue: false))
        try measure(.none, database, rows: options.rows, failed: failed, runs: 0...options.runs)
        series[series.count - 1].query = try await database.queryTime()
        _ = try Child.succeed(
            [options.jobsProgram, "migrate", "--indexes", "--database", database.locator], quietly: true)
        try database.tidy()
        try measure(.indexed, database, rows: options.rows, failed: failed, runs: 0...options.runs)
        series[series.count - 1].query = try await database.queryTime()
    }

    private mutating func measureDue(_ engine: Engine, _ number: Int, _ kinds: [JobCase]) async throws {
        let database = try await database(
            engine, "due_\(number)", SyntheticEnrollments(number, failed: number, areDue: true))
        try await database.liftLimits()
        for kind in kinds {
            try measure(kind, database, rows: number, failed: number, runs: 1...1)
            let pending = try await database.pending()
            guard pending == 0 else { throw BenchError("\(pending) of \(number) enrollments are still pending") }
            try await database.reset()
        }
    }

    /// The certificates of runs in which everybody has passed.
    private mutating func measureCertificates(_ engine: Engine, _ number: Int) async throws {
        let database = try await database(
            engine, "certificates_\(number)", SyntheticEnrollments(number, failed: 0, areDue: true))
        try await database.verifyAll(number)
        try measure(.certificates, database, rows: number, failed: number, runs: 1...1)
        let issued = try await database.certificates()
        guard issued == number else { throw BenchError("\(issued) of \(number) certificates were issued") }
    }

    /// Measures a case. Round 0 only warms the caches.
    private mutating func measure(
        _ kind: JobCase, _ database: JobDatabase, rows: Int, failed: Int, runs: ClosedRange<Int>
    ) throws {
        var measured = JobSeries(engine: database.engine, kind: kind, rows: rows, failed: failed)
        let environment = [
            "OPENEDX_API_BASE_URL": kind == .known ? lms.full : lms.empty,
            "MITX_ONLINE_BASE_URL": "https://mitxonline.test", "OPENEDX_SERVICE_WORKER_API_TOKEN": "invented",
        ]
        for run in runs {
            let before = try database.writeCount()
            let child = try Child.succeed(
                [
                    options.jobsProgram, "run", kind.job, "--database", database.locator, "--log-level",
                    "error",
                ], environment: environment)
            let after = try database.writeCount()
            guard run > 0 else { continue }
            measured.samples.append(
                JobSample(
                    wall: child.wall, processor: child.processor, peak: child.peak,
                    writes: after.flatMap { after in before.map { after - $0 } }))
        }
        series.append(measured)
    }

    /// A row for each engine and case. `≤` marks memory of which only that can be said.
    private var table: String {
        let floor = Double(ownPeak)
        var table = TextTable(
            [
                "engine", "case", "rows", "failed", "wall ms", "least–most", "cpu ms", "query ms", "peak MB", "writes",
                "items/s",
            ], leftColumns: 2)
        for series in series {
            let walls = series.samples.map { $0.wall * 1000 }
            let peak = series.median { Double($0.peak) }
            table.add([
                series.engine, series.kind.rawValue, "\(series.rows)", "\(series.failed)",
                number(series.median(\.wall) * 1000, 1),
                "\(number(walls.min() ?? 0, 1))–\(number(walls.max() ?? 0, 1))",
                number(series.median(\.processor) * 1000), series.query.map { number($0 * 1000, 1) } ?? "",
                (peak <= floor * 1.05 ? "≤ " : "") + number(peak / 1e6, 1),
                series.writes.map { series.rate == nil ? number($0) : number($0, 2) + " an item" } ?? "",
                series.rate.map { number($0) } ?? "",
            ])
        }
        return table.text
    }
}
