import Bytes
import Foundation
import Support

/// A folder of a test's own, removed when the test is done with it.
final class Workspace: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("flows-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of `name` in the folder.
    func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Where the tests render into.
    var output: String { path("output") }

    func write(_ text: String, to name: String) throws {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
    }

    func json(_ name: String) throws -> JSONValue {
        try JSONValue(parsing: Array(Data(contentsOf: URL(fileURLWithPath: path(name)))))
    }

    func exists(_ name: String) -> Bool {
        var status = stat()
        return lstat(path(name), &status) == 0
    }

    /// Everything below the folder `name`, a line each: kind, mode, path, and a file's digest or a link's target.
    /// A missing folder has no lines.
    func tree(_ name: String = "output") throws -> [String] {
        let top = path(name)
        guard exists(name) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: top).sorted().map { below in
            let place = "\(top)/\(below)"
            let attributes = try FileManager.default.attributesOfItem(atPath: place)
            let mode = String((attributes[.posixPermissions] as? Int) ?? 0, radix: 8)
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory: return "folder \(mode) \(below)"
            case .typeSymbolicLink:
                return "link \(below) -> \(try FileManager.default.destinationOfSymbolicLink(atPath: place))"
            default:
                var digest = SHA256()
                digest.update(Array(try Data(contentsOf: URL(fileURLWithPath: place))))
                return "file \(mode) \(below) \(digest.finalize().hex)"
            }
        }
    }

    /// The id of the snapshot that is served; nil when there is none.
    func servedID() throws -> String? {
        guard exists("output/current") else { return nil }
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: path("output/current"))
        return target.split(separator: "/").last.map(String.init)
    }
}
