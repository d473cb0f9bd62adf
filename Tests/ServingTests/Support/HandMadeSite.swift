import Foundation
import Support

/// A site of files that a test writes itself, behind nginx: what a catalog does not have, or not yet.
struct HandMadeSite: Sendable {
    /// The snapshot that is served.
    static let snapshot = "0123456789abcdef"

    let server: NginxServer

    init() throws {
        server = try NginxServer(keys: [])
        try makeFolder(server.output)
        try FileManager.default.createSymbolicLink(
            atPath: "\(server.output)/current", withDestinationPath: "snapshots/\(Self.snapshot)")
    }

    /// Writes a file into a snapshot; its path begins with its root.
    func write(_ text: String, to path: String, snapshot: String = HandMadeSite.snapshot) throws {
        try write(text, toFile: "snapshots/\(snapshot)/\(path)")
    }

    /// Writes a file of the certificates.
    func write(_ text: String, toCertificates path: String) throws {
        try write(text, toFile: "certificates/\(path)")
    }

    private func write(_ text: String, toFile path: String) throws {
        let steps = path.split(separator: "/")
        var place = server.output
        for step in steps.dropLast() {
            place += "/\(step)"
            try makeFolder(place)
        }
        place += "/\(steps.last ?? "")"
        try Data(text.utf8).write(to: URL(fileURLWithPath: place))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place)
    }

    /// Makes a folder, unless it is there, that nginx may enter whatever the umask is.
    private func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    func get(_ target: String, _ headers: [String: String] = [:]) throws -> HTTPResponse {
        try server.client.get(target, headers)
    }
}
