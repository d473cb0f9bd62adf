import Bytes
import Foundation

/// The files below `Tests/Fixtures`.
public enum FixtureFiles {
    /// The folder itself.
    public static let folder = Repository.root.appending(path: "Tests/Fixtures", directoryHint: .isDirectory)

    /// The bytes of the file at `path` below the folder.
    public static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: path)))
    }

    /// The text of the file at `path`.
    public static func text(_ path: String) throws -> String {
        guard let text = String(validating: try bytes(path), as: UTF8.self) else {
            throw FixtureError("\(path) is not UTF-8")
        }
        return text
    }

    /// The JSON document at `path`.
    public static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: bytes(path))
    }

    /// Whether there is a file at `path`.
    public static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path(percentEncoded: false))
    }

    /// The names of the files in the folder at `path` that end in `suffix`, sorted.
    static func names(in path: String, suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path(percentEncoded: false))
            .filter { $0.hasSuffix(suffix) }.sorted()
    }
}

/// A mistake in a fixture, or in how a test uses one.
public struct FixtureError: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
