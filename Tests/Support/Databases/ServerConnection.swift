import CPostgres

/// A connection to a server for the statements that no transaction takes: it makes and drops the databases of tests. One that
/// stays costs a tenth of what a program costs that is started each time.
struct ServerConnection: ~Copyable {
    private let handle: OpaquePointer

    /// A connection to the database `postgres` of the server whose socket is in `folder`.
    ///
    /// - Throws: ``SetupError``.
    init(folder: String) throws {
        let settings = "host=\(folder) port=5432 user=postgres dbname=postgres"
        guard let handle = PQconnectdb(settings) else { throw SetupError("no memory for a connection") }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw SetupError(message)
        }
        self.handle = handle
    }

    deinit {
        PQfinish(handle)
    }

    /// Runs a statement that returns no rows.
    ///
    /// - Throws: ``SetupError``.
    func execute(_ statement: String) throws {
        let result = PQexec(handle, statement)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw SetupError("\(statement): \(String(cString: PQerrorMessage(handle)))")
        }
    }
}
