import Bytes
import Command
import FoundationEssentials
import Markup

/// `mitxonline-build template FILE --data FILE.json`.
enum TemplateCommand {
    private static let file = Argument("FILE", ValueType<String>.path, "the template")
    private static let data = Option("data", ValueType<String>.path, "the JSON file with the data")
    private static let lax = Option(
        flag: "lax", "follow the Mustache specification where it forgives: what is unknown is empty")

    static let subcommand = Subcommand(
        "template", "Renders one Mustache template with JSON data and prints what comes out",
        discussion: """
            {{>partials/card}} is the file partials/card.mustache in the folder of FILE, and so are layouts. A name that none of \
            the objects around offers is an error, told with file, line and column and the nearest known name; so are a \
            missing template, a block that replaces nothing, and a list, an object, true or false that is to be printed. \
            Names are asked for as they come to be rendered: what stands in a section that is left out is not. \
            {{{name}}} prints a text as it is, since the data are yours. Status 65 for files that cannot be used.
            """,
        arguments: [file], options: [data, lax], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let path = try invocation[file]
        guard let dataPath = try invocation[data] else {
            throw Failure(.usage, "the data are missing: give --data PATH")
        }
        let isLax = try invocation[lax]
        let value = try json(at: dataPath)
        let (folder, name) = split(path)
        let main = TemplateSource(name: name, file: path, text: try text(at: path))
        var buffer = ByteBuffer()
        // A typed closure throws one type of error; what a file is unreadable for is told after it.
        var unreadable: Failure?
        let library = try TemplateLibrary(main) { name in
            let path = "\(folder)\(name).mustache"
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            do throws(Failure) {
                return TemplateSource(name: name, file: path, text: try text(at: path))
            } catch {
                unreadable = error
                return nil
            }
        }
        if let unreadable { throw unreadable }
        try library.jsonTemplate(name, names: isLax ? .lenient : .strict).render(value, into: &buffer)
        let result = String(decoding: buffer.bytes, as: UTF8.self)
        try invocation.print(result) { $0.member("text", result) }
        return Outcome()
    }

    /// The folder of a file, with its slash, and the name that templates in it call it by.
    private static func split(_ path: String) -> (folder: String, name: String) {
        let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
        let last = path[start...]
        return (String(path[..<start]), String(last.hasSuffix(".mustache") ? last.dropLast(9) : last))
    }

    private static func json(at path: String) throws(Failure) -> JSONValue {
        let bytes = try bytes(at: path)
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw Failure(.data, "\(path): is not JSON: \(error)")
        }
    }

    private static func text(at path: String) throws(Failure) -> String {
        guard let text = String(validating: try bytes(at: path), as: UTF8.self) else {
            throw Failure(.data, "\(path): is not UTF-8")
        }
        return text
    }

    private static func bytes(at path: String) throws(Failure) -> Data {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure(.data, "\(path): cannot be read; check the path and its rights")
        }
        return bytes
    }
}
