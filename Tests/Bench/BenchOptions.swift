import Support

/// What the command line asks for.
struct BenchOptions {
    /// What there is to measure.
    enum Part: String, CaseIterable {
        case renders
        case pages
        case jobs
    }

    /// What a process of this program does. Databases are written, and Open edX is played, by processes of their own.
    enum Task {
        case measure
        case writeCatalog(locator: String, courses: Int)
        case writeEnrollments(locator: String, SyntheticEnrollments)
        case serveLMS
    }

    /// What is measured.
    var parts = Set(Part.allCases)
    /// The numbers of courses.
    var sizes = [500, 5000]
    /// The number of enrollments.
    var rows = 1_000_000
    /// How often each thing is measured; on a disk once, whatever this says.
    var runs = 5
    /// The folders to work in, one after the other; empty for the usual ones.
    var folders: [String] = []
    /// The programs to measure.
    var program = ".build/release/mitxonline-build"
    var jobsProgram = ".build/release/mitxonline-jobs"
    private var database: String?
    private var enrollments: SyntheticEnrollments?
    private var servesLMS = false

    /// What this process does.
    var task: Task {
        if servesLMS { return .serveLMS }
        guard let database else { return .measure }
        if let enrollments { return .writeEnrollments(locator: database, enrollments) }
        return .writeCatalog(locator: database, courses: sizes[0])
    }

    static let usage = """
        usage: Bench [--part renders|pages|jobs] [--courses N[,N…]] [--rows N] [--runs N] [--where DIR]…
                     [--program PATH] [--jobs-program PATH]
               Bench --database sqlite:PATH|postgresql://… --courses N
               Bench --database sqlite:PATH|postgresql://… --enrollments N --failed N | --due N
               Bench --serve-lms yes

        Measures renders of synthetic catalogs, the same pages made by Hugo, and runs of jobs on synthetic enrollments, or with --database only writes one or
        the other, into an empty database. With --serve-lms it answers as Open edX, until its input ends.
        """

    /// - Throws: ``BenchError`` for what is no option, or not its value.
    init(_ arguments: [String]) throws(BenchError) {
        var words = arguments.makeIterator()
        var count = 0
        while let word = words.next() {
            guard let value = words.next() else { throw BenchError("\(word) needs a value", isUsage: true) }
            switch word {
            case "--part":
                guard let part = Part(rawValue: value) else {
                    throw BenchError("--part: \(value) is neither renders, pages nor jobs", isUsage: true)
                }
                parts = [part]
            case "--courses":
                sizes = []
                for text in value.split(separator: ",") {
                    sizes.append(try BenchOptions.number(String(text), word, least: 1))
                }
                if sizes.isEmpty { throw BenchError("--courses: there is no number", isUsage: true) }
            case "--rows": rows = try BenchOptions.number(value, word, least: 10)
            case "--runs": runs = try BenchOptions.number(value, word, least: 1)
            case "--where": folders.append(value)
            case "--program": program = value
            case "--jobs-program": jobsProgram = value
            case "--database": database = value
            case "--enrollments":
                count = try BenchOptions.number(value, word, least: 0)
                enrollments = SyntheticEnrollments(count, failed: 0, areDue: false)
            case "--failed", "--due":
                enrollments = SyntheticEnrollments(
                    count, failed: try BenchOptions.number(value, word, least: 0), areDue: word == "--due")
            case "--serve-lms": servesLMS = true
            default: throw BenchError("there is no option \(word)", isUsage: true)
            }
        }
    }

    private static func number(_ text: String, _ option: String, least: Int) throws(BenchError) -> Int {
        guard let number = Int(text), number >= least else {
            throw BenchError("\(option): \(text) is no number of at least \(least)", isUsage: true)
        }
        return number
    }
}

/// Why nothing more is measured.
struct BenchError: Error, CustomStringConvertible {
    let description: String
    /// Whether the command line is to blame.
    let isUsage: Bool

    init(_ description: String, isUsage: Bool = false) {
        self.description = description
        self.isUsage = isUsage
    }
}
