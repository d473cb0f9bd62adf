import Bytes

/// What is measured of a render.
enum Case: String, CaseIterable {
    /// Into an empty folder.
    case cold
    /// Once more with nothing changed.
    case unchanged
    /// The same with `--if-stale`.
    case ifStale = "if stale"
    /// After the title of one course changed.
    case changed = "one changed"
    /// Not a render: a copy of the finished tree.
    case copy = "cp -r"
}

/// One run of one case.
struct Sample {
    let wall: Double
    let processor: Double
    let peak: Int
    /// By the program's own report; nil for a copy or when it does not say.
    var filesWritten: Int?
    var statements: Int?

    init(_ child: Child) {
        (wall, processor, peak) = (child.wall, child.processor, child.peak)
        guard let report = try? JSONValue(parsing: child.output) else { return }
        filesWritten = report["files_written"]?.int
        statements = report["statements"]?.int
    }
}

/// All runs of one size on one engine.
struct Series {
    let courses: Int
    let engine: String
    /// The files of the tree that a cold render leaves, and their bytes, as `cp -r` copies them.
    var tree = Tree()
    /// By case, in the order of the runs; run *n* of each belongs to the same round.
    var samples: [Case: [Sample]] = [:]

    /// The files of a folder.
    struct Tree {
        var files = 0
        var bytes = 0
    }

    /// The median over the runs, nil when the case was not measured.
    func median(_ kind: Case, _ value: (Sample) -> Double) -> Double? {
        samples[kind].flatMap { $0.map(value).median }
    }

    /// How many times as long one thing took as another of the same round; nil when either was not measured.
    func ratio(of kind: Case, to other: Case, of series: Series? = nil) -> Ratio? {
        let pairs = zip(samples[kind] ?? [], (series ?? self).samples[other] ?? [])
        return Ratio(pairs.map { $0.wall / $1.wall })
    }

    /// A ratio over all rounds.
    struct Ratio {
        let least: Double
        let median: Double
        let most: Double

        init?(_ ratios: [Double]) {
            guard let least = ratios.min(), let median = ratios.median, let most = ratios.max() else { return nil }
            (self.least, self.median, self.most) = (least, median, most)
        }

        var range: String { "\(number(least, 2))–\(number(most, 2))" }
    }
}

extension [Double] {
    /// The middle one, or the mean of the two in the middle; nil for none.
    var median: Double? {
        let sorted = sorted()
        guard !isEmpty else { return nil }
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}
