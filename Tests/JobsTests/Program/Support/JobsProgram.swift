import Bytes
import Support
import Testing

/// `mitxonline-jobs` as the tests start it, with canaries all around.
struct JobsProgram: Sendable {
    static let name = "mitxonline-jobs"

    private let program: BuiltProgram
    let environment: [String: String]

    /// The program with the usual variables, apart from `changes`; nil takes a variable away.
    init(_ changes: [String: String?] = [:], isRelease: Bool = false) throws {
        program = try isRelease ? BuiltProgram(release: Self.name) : BuiltProgram(Self.name)
        var environment = Canary.environment
        environment["PATH"] = "/usr/bin:/bin"
        for (name, value) in changes { environment[name] = value }
        self.environment = environment
    }

    /// Runs the program, and records an issue if it shows a canary.
    func run(
        _ arguments: [String], launcher: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
        let result = try await program.run(arguments, environment: environment, launcher: launcher)
        result.expectNoCanary(sourceLocation: sourceLocation)
        return result
    }

    /// Starts the program and leaves the rest to the test.
    func start(_ arguments: [String]) throws -> RunningProgram {
        try program.start(arguments, environment: environment)
    }

    /// A line of the log, without what the clock says: `line("info", "run", "already_running", #""job":"x""#)`.
    static func line(_ level: String, _ command: String?, _ event: String, _ fields: String = "") -> String {
        let command = command.map { #","command":"\#($0)""# } ?? ""
        return #"{"level":"\#(level)","program":"\#(name)"\#(command),"event":"\#(event)"\#(fields.isEmpty ? "" : ",")"#
            + "\(fields)}"
    }

    /// The last line of a run that did its work.
    static func finished(_ command: String, _ fields: String, status: Int = 0) -> String {
        line("info", command, "finished", #""status":\#(status),"seconds":0,\#(fields)"#)
    }

    /// The last line of `run retry-enrollments`, its counters in order; those that are not named are 0.
    static func counted(_ outcome: String, _ counts: [String: Int] = [:], status: Int = 0) -> String {
        let names = ["selected", "enrolled", "unenrolled", "superseded", "transient", "permanent", "gave_up"]
        let counters = names.map { #""\#($0)":\#(counts[$0] ?? 0)"# }.joined(separator: ",")
        return finished("run", #""job":"retry-enrollments","outcome":"\#(outcome)",\#(counters)"#, status: status)
    }
}

extension ProgramResult {
    /// Expects that the program printed nothing and ended with `status`, and that the one line of its log says `message`.
    func expectFailure(
        _ status: Int32, command: String?, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let quoted = String(decoding: JSONValue.string(message).compactBytes, as: UTF8.self)
        let line = JobsProgram.line(
            "error", command, "failed", #""status":\#(status),"seconds":0,"message":\#(quoted)"#)
        #expect(log == [line], sourceLocation: sourceLocation)
        #expect(ending == .exit(status), sourceLocation: sourceLocation)
        #expect(output == "", sourceLocation: sourceLocation)
    }

    /// Expects these lines of the log, this output, and this end.
    func expect(
        _ status: Int32 = 0, output: String? = "", log: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        if let output { #expect(self.output == output, sourceLocation: sourceLocation) }
        #expect(self.log == log, sourceLocation: sourceLocation)
        #expect(ending == .exit(status), sourceLocation: sourceLocation)
    }

    /// Records an issue when either output shows a canary.
    func expectNoCanary(sourceLocation: SourceLocation = #_sourceLocation) {
        Canary.check(output, "standard output", sourceLocation: sourceLocation)
        Canary.check(errors, "standard error", sourceLocation: sourceLocation)
    }

    /// The text after `"message":` of the last line of the log; nil when it has none.
    var message: String? {
        log.last.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?["message"]?.string
    }

    /// The number after `"name":` in the last line of the log; nil when it has none.
    func counter(_ name: String) -> Int? {
        guard let line = log.last, let document = try? JSONValue(parsing: Array(line.utf8)),
            case .number(let text)? = document[name]
        else { return nil }
        return Int(text)
    }

    /// The lines of the log at level error.
    var errorLines: [String] { log.filter { $0.contains(#""level":"error""#) } }
}
