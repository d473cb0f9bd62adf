import Foundation
import Testing

/// OpenSSL's test server on the loopback interface, with a certificate for `localhost` that nobody has signed.
final class TLSServer {
    /// The address by another name than the certificate's.
    let numericURL: String
    /// The address by the certificate's name.
    let url: String
    /// The file of the certificate.
    let certificate: String
    private let folder: URL
    private let process: Process

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "flows-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(path: "certificate.pem").path
        let key = folder.appending(path: "key.pem").path
        let maker = try TLSServer.start([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
        ])
        maker.process.waitUntilExit()
        let server = try TLSServer.start([
            "s_server", "-4", "-accept", "0", "-cert", certificate, "-key", key, "-www",
        ])
        process = server.process
        var told = ""
        while !told.contains(/ACCEPT .*:\d+\n/) {
            let piece = server.output.availableData
            try #require(!piece.isEmpty, "openssl does not start")
            told += String(decoding: piece, as: UTF8.self)
        }
        let port = try #require(told.firstMatch(of: /ACCEPT .*:(\d+)\n/)?.1)
        numericURL = "https://127.0.0.1:\(port)"
        url = "https://localhost:\(port)"
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func start(_ arguments: [String]) throws -> (process: Process, output: FileHandle) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, pipe.fileHandleForReading)
    }
}
