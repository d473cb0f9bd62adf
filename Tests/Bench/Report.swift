import Foundation

/// The figures of one place, for people.
struct Report {
    let series: [Series]
    /// The most memory that this process had resident, below which a child's cannot be seen.
    let floor: Int

    /// A row for each size, engine and case. `≤` marks memory of which only that can be said.
    var table: String {
        var table = TextTable(
            [
                "courses", "engine", "case", "wall ms", "cpu ms", "peak MB", "files", "MB", "written", "statements",
                "MB/s", "÷ cp -r", "least–most",
            ], leftColumns: 3)
        for series in series {
            for kind in Case.allCases where series.samples[kind] != nil { table.add(row(series, kind)) }
        }
        return table.text
    }

    private func row(_ series: Series, _ kind: Case) -> [String] {
        let wall = series.median(kind, \.wall) ?? 0
        let ratios = kind == .copy ? nil : series.ratio(of: kind, to: .copy)
        let peak = series.median(kind) { Double($0.peak) } ?? 0
        return [
            "\(series.courses)", series.engine, kind.rawValue, number(wall * 1000, wall < 0.1 ? 1 : 0),
            number((series.median(kind, \.processor) ?? 0) * 1000),
            (peak <= Double(floor) * 1.05 ? "≤ " : "") + number(peak / 1e6), "\(series.tree.files)",
            number(Double(series.tree.bytes) / 1e6, 1), optional(series.samples[kind]?.last?.filesWritten),
            optional(series.samples[kind]?.last?.statements), number(Double(series.tree.bytes) / 1e6 / wall),
            ratios.map { number($0.median, 2) } ?? "",
            ratios.map(\.range) ?? "",
        ]
    }

    /// A line from each size of an engine to the next: what a course costs.
    var growth: [String] {
        let engines = ["SQLite", "PostgreSQL"].map { engine in series.filter { $0.engine == engine } }
        return engines.flatMap { zip($0, $0.dropFirst()) }.compactMap { small, large in
            guard let before = Cost(small), let after = Cost(large) else { return nil }
            return "\(small.engine), \(small.courses) → \(large.courses) courses, cold: "
                + "\(number(before.time * 1e3, 2)) → \(number(after.time * 1e3, 2)) ms and "
                + "\(number(before.memory / 1e3)) → \(number(after.memory / 1e3)) KB a course"
        }
    }

    /// What a course costs in a cold render: seconds, and bytes resident.
    struct Cost {
        let time: Double
        let memory: Double

        init?(_ series: Series) {
            guard let wall = series.median(.cold, \.wall), let peak = series.median(.cold, { Double($0.peak) }) else {
                return nil
            }
            time = wall / Double(series.courses)
            memory = peak / Double(series.courses)
        }
    }

    private func optional(_ value: Int?) -> String { value.map { "\($0)" } ?? "-" }
}

/// `value` with so many fraction digits.
func number(_ value: Double, _ digits: Int = 0) -> String {
    String(format: "%.\(digits)f", value)
}
