import Foundation

/// An nginx that serves a folder by `deploy/nginx.conf` as it is, but for what an operator edits there.
///
/// It listens on a socket in its own temporary folder, and ends with the test process.
public final class NginxServer: Sendable {
    /// The folder that it serves, for a test to fill; it need not be there yet.
    public let output: String
    /// The path of the socket.
    public let socket: String
    /// What it complained about when it started, from warnings upwards; empty when all is well.
    public let complaints: String
    private let server: GuardedServer

    /// Starts a server that lets those with one of `keys` read the internal documents.
    public init(keys: [String]) throws {
        let folder = try makeServerFolder()
        output = "\(folder)/output"
        socket = "\(folder)/nginx.socket"
        let lines = keys.map { "\"~^Api-Key \\Q\($0)\\E$\" reader;\n" }.joined()
        try NginxServer.write(lines, to: "\(folder)/keys.map")
        try NginxServer.write(
            NginxServer.edited([
                "default /srv/catalog;": "default \(output);",
                "include /etc/nginx/catalog-keys.map;": "include \(folder)/keys.map;",
                "listen 127.0.0.1:8080;": "listen unix:\(socket);",
            ]), to: "\(folder)/catalog.conf")
        try NginxServer.write(NginxServer.surroundings(folder), to: "\(folder)/nginx.conf")
        let program = try unprivileged([InstalledProgram("nginx", package: "nginx").path]).joined(separator: " ")
        let command = "exec \(program) -p \"$1\" -e \"$1/error.log\" -c \"$1/nginx.conf\""
        let client = HTTPClient(socket: socket)
        server = try GuardedServer(
            folder: folder, command: command, name: "nginx", ending: "QUIT", asUnprivileged: false
        ) {
            (try? client.get("/")) != nil
        }
        complaints = try ["nginx.log", "error.log"]
            .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined()
    }

    /// A client of this server.
    public var client: HTTPClient { HTTPClient(socket: socket) }

    /// `deploy/nginx.conf` with other texts, each of which it holds once.
    private static func edited(_ edits: [String: String]) throws -> String {
        var text = try String(contentsOfFile: Repository.path("deploy/nginx.conf"), encoding: .utf8)
        for (original, replacement) in edits {
            guard text.split(separator: original, omittingEmptySubsequences: false).count == 2 else {
                throw SetupError("deploy/nginx.conf does not say once: \(original)")
            }
            text = text.replacing(original, with: replacement)
        }
        return text
    }

    /// The configuration that includes it, as Debian's does; everything that nginx writes goes into `folder`.
    private static func surroundings(_ folder: String) -> String {
        let scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        return """
            daemon off;
            worker_processes 1;
            pid \(folder)/nginx.pid;
            error_log \(folder)/error.log warn;
            events {}
            http {
                access_log off;
                include /etc/nginx/mime.types;
                default_type application/octet-stream;
                \(scratch.map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " "))
                include \(folder)/catalog.conf;
            }
            """
    }

    /// The server's user must be able to read it, whatever the umask is.
    private static func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        guard chmod(path, 0o644) == 0 else { throw SetupError("chmod \(path)") }
    }
}
