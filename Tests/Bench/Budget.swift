/// What a render may cost, and whether it did not cost more.
struct Budget {
    let name: String
    let isKept: Bool
    let figures: String

    var line: String { "\(isKept ? "kept  " : "missed")  \(name): \(figures)" }

    /// How much more a course may cost in a larger catalog for the growth to count as linear.
    private static let linear = 1.25

    /// The budgets that the series tell something about. Those that name no engine are SQLite's.
    static func all(_ series: [Series]) -> [Budget] {
        let sqlite = series.filter { $0.engine == "SQLite" }
        let small = sqlite.first { $0.courses == 500 }
        let large = sqlite.first { $0.courses == 5000 }
        let postgres = series.first { $0.engine == "PostgreSQL" && $0.courses == 5000 }
        return [
            large.flatMap(copyRatio), large.flatMap(memory),
            large.flatMap { sqlite in postgres.flatMap { engines(sqlite, $0) } },
            small.flatMap { limit("500 courses, cold, ≤ 300 ms", $0.median(.cold, \.wall), 0.3) },
        ].compactMap(\.self) + unchanged(small, large) + statements(series) + growth(sqlite)
    }

    private static func copyRatio(_ series: Series) -> Budget? {
        series.ratio(of: .cold, to: .copy).map { ratio in
            Budget(
                name: "5000 courses, cold, ≤ 1.5 × cp -r", isKept: ratio.median <= 1.5,
                figures: "\(number(ratio.median, 2)) × (\(ratio.range))")
        }
    }

    private static func memory(_ series: Series) -> Budget? {
        series.median(.cold) { Double($0.peak) }.map { peak in
            Budget(
                name: "5000 courses, cold, ≤ 200 MB resident", isKept: peak <= 200e6,
                figures: "\(number(peak / 1e6)) MB")
        }
    }

    private static func engines(_ sqlite: Series, _ postgres: Series) -> Budget? {
        postgres.ratio(of: .cold, to: .cold, of: sqlite).map { ratio in
            Budget(
                name: "5000 courses, cold, PostgreSQL ≤ 1.3 × SQLite", isKept: ratio.median <= 1.3,
                figures: "\(number(ratio.median, 2)) × (\(ratio.range))")
        }
    }

    private static func limit(_ name: String, _ wall: Double?, _ seconds: Double) -> Budget? {
        wall.map { Budget(name: name, isKept: $0 <= seconds, figures: "\(number($0 * 1000)) ms") }
    }

    /// Nothing changed: a render that asks first must be quick; one in full, which also verifies what is served, must not write.
    private static func unchanged(_ small: Series?, _ large: Series?) -> [Budget] {
        let quick = [
            limit("500 courses, unchanged with --if-stale, ≤ 60 ms", small?.median(.ifStale, \.wall), 0.06),
            large.flatMap { share($0, .ifStale, "5000 courses, unchanged with --if-stale, ≤ 20 % of cold") },
        ]
        let written = [Case.unchanged, .ifStale].map { kind in
            large?.samples[kind]?.compactMap(\.filesWritten).max().map {
                Budget(name: "5000 courses, \(kind.rawValue), 0 files written", isKept: $0 == 0, figures: "\($0)")
            }
        }
        return (quick + written).compactMap(\.self)
    }

    private static func share(_ series: Series, _ kind: Case, _ name: String) -> Budget? {
        series.ratio(of: kind, to: .cold).map { ratio in
            Budget(name: name, isKept: ratio.median <= 0.2, figures: "\(number(ratio.median * 100)) %")
        }
    }

    private static func statements(_ series: [Series]) -> [Budget] {
        let counts = Set(series.compactMap { $0.samples[.cold]?.last?.statements })
        guard let most = counts.max() else { return [] }
        return [
            Budget(
                name: "statements, the same number at any size, ≤ 50", isKept: counts.count == 1 && most <= 50,
                figures: counts.sorted().map { "\($0)" }.joined(separator: ", "))
        ]
    }

    private static func growth(_ series: [Series]) -> [Budget] {
        zip(series, series.dropFirst()).flatMap { small, large -> [Budget] in
            guard let before = Report.Cost(small), let after = Report.Cost(large) else { return [] }
            let step = "\(small.courses) → \(large.courses) courses"
            return [("time", after.time / before.time), ("memory", after.memory / before.memory)].map { what, factor in
                Budget(
                    name: "\(step), \(what) at most linear", isKept: factor <= linear,
                    figures: "\(number(factor, 2)) × a course")
            }
        }
    }
}
