import Bytes

/// Why a table file cannot be imported.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// The line of the file, counted from 1; nil when it is about the file as a whole.
    public let line: Int?
    /// What is wrong and what to do, in one sentence that quotes no value.
    public let problem: String

    /// A problem with a file, or with one line of it.
    public init(file: String, line: Int? = nil, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    /// One line: where, then what.
    public var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(problem)"
    }
}
