import Bytes
import Foundation

/// What a program wrote, and how it ended.
public struct ProgramResult: Sendable {
    /// How a process ends.
    public enum Ending: Hashable, Sendable {
        case exit(Int32)
        case signal(Int32)
    }

    /// What it wrote to standard output.
    public let output: String
    /// What it wrote to standard error.
    public let errors: String
    /// How it ended.
    public let ending: Ending

    init(output: [UInt8], errors: [UInt8], waitStatus: Int32) {
        self.output = String(decoding: output, as: UTF8.self)
        self.errors = String(decoding: errors, as: UTF8.self)
        ending = waitStatus & 0x7f == 0 ? .exit(waitStatus >> 8 & 0xff) : .signal(waitStatus & 0x7f)
    }

    /// The lines of the log without what the clock says: `time` is left out, `seconds` is 0.
    ///
    /// A line that is no JSON object stays as it is, behind `not JSON: `.
    public var log: [String] {
        errors.split(separator: "\n", omittingEmptySubsequences: true).map { line in
            guard let parsed = try? JSONValue(parsing: Array(line.utf8)), case .object(let members) = parsed else {
                return "not JSON: \(line)"
            }
            let timeless = members.filter { $0.key != "time" }.map { member in
                member.key == "seconds" ? JSONValue.Member(key: member.key, value: .number("0")) : member
            }
            return String(decoding: JSONValue.object(timeless).compactBytes, as: UTF8.self)
        }
    }

    /// Standard output without what the clock says: `0.125 s` is `0 s`, `"milliseconds":125` is `"milliseconds":0`.
    public var timelessOutput: String {
        output.replacing(/\d+\.\d{3} s\b/, with: "0 s").replacing(/"milliseconds":\d+/, with: "\"milliseconds\":0")
    }
}
