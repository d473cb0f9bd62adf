import Foundation
import Testing

/// A folder of a test's own, removed when the test is done with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("flows-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func path(_ name: String) -> String {
        "\(path)/\(name)"
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
    }

    /// Everything below `name`: files with their bytes, links with their targets, folders; each with its mode.
    func listing(_ name: String = ".") throws -> [String] {
        let top = path(name)
        return try FileManager.default.subpathsOfDirectory(atPath: top).sorted().map { below in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(top)/\(below)")
            let mode = String((attributes[.posixPermissions] as? Int) ?? 0, radix: 8)
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory: return "\(below)/ \(mode)"
            case .typeSymbolicLink:
                return "\(below) -> \(try FileManager.default.destinationOfSymbolicLink(atPath: "\(top)/\(below)"))"
            default:
                let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(top)/\(below)"))
                return "\(below) \(mode) \(String(decoding: bytes, as: UTF8.self))"
            }
        }
    }

    /// The number that two names of one file share.
    func inode(_ name: String) throws -> UInt64 {
        let number = try FileManager.default.attributesOfItem(atPath: path(name))[.systemFileNumber] as? NSNumber
        return try #require(number).uint64Value
    }
}
