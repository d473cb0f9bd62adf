import Foundation
import Store

/// The private PostgreSQL server of this test process: no TCP, nothing kept, started by the first test that needs it.
public actor PostgresServer {
    /// The one server.
    public static let shared = PostgresServer()

    private let executor = DatabaseExecutor()
    private var server: GuardedServer?
    private var administration: ServerConnection?
    private var pooler: GuardedServer?
    private var templates: [TestDatabase.Contents: Task<String, any Error>] = [:]
    private var databases = 0

    /// A queue of its own: whatever waits for the server holds none of the threads that tests run on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Creates a database and returns its name.
    func createDatabase(_ contents: TestDatabase.Contents) async throws -> String {
        let server = try start()
        let template = try await template(contents, in: server).value
        databases += 1
        let name = "test_\(databases)"
        try administer("CREATE DATABASE \(name) TEMPLATE \"\(template)\"")
        return name
    }

    /// The database that those with these contents are copied from, made once.
    private func template(_ contents: TestDatabase.Contents, in server: GuardedServer) -> Task<String, any Error> {
        if let task = templates[contents] { return task }
        let task = Task {
            guard contents != .nothing else { return "template0" }
            let name = "with_\(contents.rawValue)"
            try createDatabase(named: name, arguments: [])
            let database = try Database(locator(name, through: .postgres, in: server))
            try await database.write { session in try contents.create(in: &session) }
            return name
        }
        templates[contents] = task
        return task
    }

    /// Removes a database, whoever is connected to it.
    public func dropDatabase(_ name: String) throws {
        try administer("DROP DATABASE \(name) WITH (FORCE)")
    }

    private func administer(_ statement: String) throws {
        if administration == nil { administration = try ServerConnection(folder: try start().folder) }
        try administration?.execute(statement)
    }

    /// The locator of a database of this server, either direct or through the pooler.
    public func locator(_ name: String, through engine: Engine, user: String = "postgres") throws -> String {
        if engine == .pgbouncer { try startPooler() }
        return locator(name, through: engine, in: try start(), user: user)
    }

    private func locator(
        _ name: String, through engine: Engine, in server: GuardedServer, user: String = "postgres"
    ) -> String {
        "postgresql://\(user)@/\(name)?host=\(server.folder)&port=\(engine == .pgbouncer ? 6432 : 5432)"
    }

    /// Creates a database; `arguments` are those of PostgreSQL's `createdb`.
    public func createDatabase(named name: String, arguments: [String]) throws {
        let template = arguments.contains("--template") ? [] : ["--template", "template0"]
        try runProgram(PostgresServer.tool("createdb"), connection(to: try start()) + template + arguments + [name])
    }

    private func connection(to server: GuardedServer) -> [String] {
        ["--host", server.folder, "--port", "5432", "--username", "postgres"]
    }

    private func start() throws -> GuardedServer {
        if let server { return server }
        let folder = try makeServerFolder()
        let bin = URL(fileURLWithPath: try PostgresServer.tool("initdb")).deletingLastPathComponent().path
        // Everyone is let in but the role `locked`, whose password tests get wrong.
        let command = """
            \(bin)/initdb --pgdata "$1/data" --username postgres --encoding UTF8 --locale C --auth trust --no-sync &&
            printf 'local all locked scram-sha-256\\nlocal all all trust\\n' >"$1/data/pg_hba.conf" &&
            exec \(bin)/postgres -D "$1/data" -k "$1" -p 5432 -c listen_addresses= -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_connections=600 \
            -c shared_buffers=64MB
            """
        let ready = try PostgresServer.tool("pg_isready")
        let started = try GuardedServer(folder: folder, command: command, name: "postgres", ending: "QUIT") {
            (try? runProgram(ready, ["--host", folder, "--port", "5432", "--quiet"], expectSuccess: false)) == 0
        }
        server = started
        return started
    }

    private func startPooler() throws {
        guard pooler == nil else { return }
        let sockets = try start().folder
        let folder = try makeServerFolder()
        let settings = """
            [databases]
            * = host=\(sockets) port=5432 user=postgres
            [pgbouncer]
            pool_mode = transaction
            auth_type = any
            listen_addr =
            listen_port = 6432
            unix_socket_dir = \(sockets)
            default_pool_size = 4
            max_client_conn = 600
            """
        try settings.write(toFile: "\(folder)/pgbouncer.ini", atomically: false, encoding: .utf8)
        let program = try PostgresServer.pooler()
        let ready = try PostgresServer.tool("pg_isready")
        let command = "exec \(program) \"$1/pgbouncer.ini\""
        pooler = try GuardedServer(folder: folder, command: command, name: "pgbouncer", ending: "KILL") {
            (try? runProgram(
                ready, ["--host", sockets, "--port", "6432", "--dbname", "postgres", "--quiet"], expectSuccess: false))
                == 0
        }
    }

    /// The path of one of PostgreSQL's programs, of the newest version installed.
    public static func tool(_ name: String) throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
            .sorted { (Double($0) ?? 0) > (Double($1) ?? 0) }
        let folders = versions.map { "\(root)/\($0)/bin" } + ["/usr/local/bin", "/usr/bin"]
        return try InstalledProgram(name, in: folders, package: "postgresql").path
    }

    private static func pooler() throws -> String {
        try InstalledProgram("pgbouncer", package: "pgbouncer").path
    }
}
