import CPostgres

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Which server and database to connect to, and how: what libpq is told.
struct PostgresTarget {
    /// libpq's connection parameters. Of a repeated one the last counts, so that the URL stands last.
    let parameters: [(keyword: String, value: String)]
    /// The database as errors name it.
    let place: StoreError.Place

    /// Reads a libpq URL.
    ///
    /// Libpq's variables are taken from `environment`; those it does not hold, libpq reads from the process itself.
    init(url: String, environment: [String: String]) throws(StoreError) {
        let given = try PostgresTarget.options(of: url)
        guard given["password"] == nil, given["sslpassword"] == nil else {
            throw StoreError(.passwordInLocator, "the database locator holds a password")
        }
        var parameters = [
            (keyword: "fallback_application_name", value: "mitxonline-flows"),
            // A server that vanished without a word is noticed within a minute.
            (keyword: "keepalives_idle", value: "20"), (keyword: "keepalives_interval", value: "10"),
            (keyword: "keepalives_count", value: "4"), (keyword: "tcp_user_timeout", value: "60000"),
        ]
        if environment["PGPASSWORD"] == nil, environment["PGPASSFILE"] == nil,
            let directory = environment["CREDENTIALS_DIRECTORY"]
        {
            let file = directory + "/PGPASSFILE"
            if access(file, R_OK) == 0 { parameters.append((keyword: "passfile", value: file)) }
        }
        for (keyword, variable) in PostgresTarget.variables where keyword != "dbname" {
            if let value = environment[variable], !value.isEmpty {
                parameters.append((keyword: keyword, value: value))
            }
        }
        parameters.append((keyword: "dbname", value: url))
        self.parameters = parameters
        place = StoreError.Place(database: PostgresTarget.name(given, environment))
    }

    /// Host and database name, from the URL or the environment.
    private static func name(_ given: [String: String], _ environment: [String: String]) -> String {
        let host = given["host"] ?? given["hostaddr"] ?? environment["PGHOST"] ?? "local"
        let name = given["dbname"] ?? environment["PGDATABASE"]
        return "PostgreSQL on \(host)" + (name.map { ", database \($0)" } ?? "")
    }

    /// The parameters that the URL itself sets.
    private static func options(of url: String) throws(StoreError) -> [String: String] {
        // The message of libpq quotes the URL, and with it a password.
        guard let options = PQconninfoParse(url, nil) else {
            throw StoreError(.unsupportedLocator, "libpq cannot read the database locator")
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }

    /// Which environment variable gives which parameter.
    private static var variables: [(keyword: String, variable: String)] {
        guard let options = PQconndefaults() else { return [] }
        defer { PQconninfoFree(options) }
        var pairs: [(keyword: String, variable: String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let variable = option.pointee.envvar {
                pairs.append((keyword: String(cString: keyword), variable: String(cString: variable)))
            }
            option += 1
        }
        return pairs
    }
}
