import Bytes

/// One start of a command: what it was given, and what it may use.
public struct Invocation: Sendable {
    /// The values of the settings that the command declares.
    public let settings: Settings
    /// The log on standard error.
    public let log: Log
    /// The clocks.
    public let time: TimeSource
    /// The variables of the environment, for libraries that read names of their own (`PGPASSFILE`).
    public let environment: [String: String]
    /// The failures to inject, none in a release build.
    public let faults: Faults
    let output: ByteSink
    let options: [String: String]
    let arguments: [String: String]

    /// The value of a setting.
    public subscript<Value>(setting: Setting<Value>) -> Value {
        get throws(Failure) { try settings[setting] }
    }

    /// The value of an option.
    public subscript<Value>(option: Option<Value>) -> Value {
        get throws(Failure) {
            do {
                return try option.read(options[option.declaration.name])
            } catch {
                throw Failure(.usage, "--\(option.declaration.name) \(error.reason)")
            }
        }
    }

    /// The value of an argument.
    public subscript<Value>(argument: Argument<Value>) -> Value {
        get throws(Failure) {
            do {
                return try argument.read(arguments[argument.declaration.name])
            } catch {
                throw Failure(.usage, "\(argument.declaration.name) \(error.reason)")
            }
        }
    }

    /// Whether the result is wanted as a JSON object.
    public var wantsJSON: Bool { options[Program.json.declaration.name] != nil }

    /// Prints the result of the command on standard output: the text, or with `--json` one JSON object on one line.
    ///
    /// Throws ``ExitStatus/cannotCreate`` when standard output is closed or full.
    public func print(_ text: @autoclosure () -> String, json: (inout JSONObjectWriter) -> Void) throws(Failure) {
        var buffer = ByteBuffer()
        if wantsJSON {
            buffer.object(json)
        } else {
            buffer.append(text())
        }
        if buffer.bytes.last != UInt8(ascii: "\n") { buffer.append("\n") }
        try output.write(buffer.bytes)
    }
}
