/// What the command line asks for.
struct BenchOptions {
    /// The numbers of courses.
    var sizes = [500, 5000]
    /// How often each thing is measured; on a disk once, whatever this says.
    var runs = 5
    /// The folders to work in, one after the other; empty for the usual ones.
    var folders: [String] = []
    /// The program to measure.
    var program = ".build/release/mitxonline-build"
    /// A database to fill instead of measuring anything.
    var database: String?

    static let usage = """
        usage: Bench [--courses N[,N…]] [--runs N] [--where DIR]… [--program PATH]
               Bench --database sqlite:PATH|postgresql://… --courses N

        Measures renders of synthetic catalogs, or with --database only writes one, into an empty database.
        """

    /// - Throws: ``BenchError`` for what is no option, or not its value.
    init(_ arguments: [String]) throws(BenchError) {
        var words = arguments.makeIterator()
        while let word = words.next() {
            guard let value = words.next() else { throw BenchError("\(word) needs a value", isUsage: true) }
            switch word {
            case "--courses":
                sizes = value.split(separator: ",").compactMap { Int($0) }.filter { $0 > 0 }
                guard sizes.count == value.split(separator: ",").count, !sizes.isEmpty else {
                    throw BenchError("--courses: \(value) is no list of numbers", isUsage: true)
                }
            case "--runs":
                guard let number = Int(value), number > 0 else {
                    throw BenchError("--runs: \(value) is no number", isUsage: true)
                }
                runs = number
            case "--where": folders.append(value)
            case "--program": program = value
            case "--database": database = value
            default: throw BenchError("there is no option \(word)", isUsage: true)
            }
        }
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
