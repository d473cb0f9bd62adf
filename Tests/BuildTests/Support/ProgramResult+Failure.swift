import Bytes
import Support
import Testing

extension ProgramResult {
    /// Expects that the program printed nothing and ended with `status`, and that the one line of its log says
    /// `message`, in which the number of a process is `.tmp-#`.
    func expectFailure(
        _ status: Int32, command: String? = "render", _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var line: [JSONValue.Member] = [
            .init(key: "level", value: .string("error")), .init(key: "program", value: .string(BuildProgram.name)),
        ]
        if let command { line.append(.init(key: "command", value: .string(command))) }
        line += [
            .init(key: "event", value: .string("failed")), .init(key: "status", value: .number("\(status)")),
            .init(key: "seconds", value: .number("0")), .init(key: "message", value: .string(message)),
        ]
        let expected = String(decoding: JSONValue.object(line).compactBytes, as: UTF8.self)
        #expect(log.map { $0.replacing(/\.tmp-\d+/, with: ".tmp-#") } == [expected], sourceLocation: sourceLocation)
        #expect(ending == .exit(status), sourceLocation: sourceLocation)
        #expect(output == "", sourceLocation: sourceLocation)
    }

    /// The text after `"message":` of the last line of the log; nil when it has none.
    var message: String? {
        log.last.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?["message"]?.string
    }
}
