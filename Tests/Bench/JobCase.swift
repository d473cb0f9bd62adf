/// What is measured of jobs: of `retry-enrollments`, but for the last case.
enum JobCase: String, CaseIterable {
    /// No enrollment at all: what every start of a job costs.
    case empty = "nothing to do, empty"
    /// Failed enrollments of which none is due, among a great many that did not fail.
    case none = "none due"
    /// The same with the indexes that `migrate --indexes` makes.
    case indexed = "none due, indexes"
    /// All are due, and Open edX has them already.
    case known = "all known there"
    /// All are due, and each takes a call.
    case called = "a call each"
    /// `generate-certificates`: everybody in every run has passed, and Open edX takes 20 ms for a page.
    case certificates = "certificates"

    /// The job.
    var job: String { self == .certificates ? "generate-certificates" : "retry-enrollments" }
}

/// A run of the job.
struct JobSample {
    let wall: Double
    let processor: Double
    let peak: Int
    /// How many transactions wrote; nil where that cannot be seen.
    let writes: Int?
}

/// All runs of one case on one engine.
struct JobSeries {
    let engine: String
    let kind: JobCase
    /// How many enrollments there are, and how many of them failed.
    let rows: Int
    let failed: Int
    var samples: [JobSample] = []
    /// How long the query for what is due takes alone, in seconds; nil where it was not measured.
    var query: Double?

    func median(_ value: (JobSample) -> Double) -> Double { samples.map(value).median ?? 0 }

    /// How many enrollments a second were brought to Open edX; nil where there were none.
    var rate: Double? {
        kind == .known || kind == .called || kind == .certificates ? Double(failed) / median(\.wall) : nil
    }

    /// How many transactions wrote, for each enrollment; for a run without any, in all.
    var writes: Double? {
        guard let writes = samples.last?.writes else { return nil }
        return rate == nil ? Double(writes) : Double(writes) / Double(failed)
    }
}

extension Budget {
    /// The budgets of jobs: 200 ms to find nothing among a million rows, 40 ms to find nothing in empty tables on SQLite,
    /// 2000 certificates a second.
    static func all(_ series: [JobSeries]) -> [Budget] {
        series.compactMap { series in
            switch (series.kind, series.engine) {
            case (.none, _) where series.rows == 1_000_000: limit(series, "among \(series.rows) rows", 0.2)
            case (.certificates, _) where series.rows == 100_000:
                Budget(
                    name: "100,000 certificates, \(series.engine) ≥ 2000 a second", isKept: series.rate ?? 0 >= 2000,
                    figures: "\(number(series.rate ?? 0)) a second")
            case (.empty, "SQLite"): limit(series, "the whole process", 0.04)
            default: nil
            }
        }
    }

    private static func limit(_ series: JobSeries, _ what: String, _ seconds: Double) -> Budget {
        let wall = series.median(\.wall)
        return Budget(
            name: "\(series.kind.rawValue), \(what), \(series.engine) ≤ \(number(seconds * 1000)) ms",
            isKept: wall <= seconds, figures: "\(number(wall * 1000, 1)) ms")
    }
}
