import CPostgres

extension StoreError {
    /// The error that a statement ended with. The server's message is kept only where it holds names, never values.
    init(postgres result: OpaquePointer, place: Place) {
        func field(_ name: Int32) -> String? {
            PQresultErrorField(result, name).map { String(cString: $0) }
        }
        let state = field(Int32(UInt8(ascii: "C"))) ?? ""
        let message = field(Int32(UInt8(ascii: "M"))) ?? ""
        var place = place
        place.table = field(Int32(UInt8(ascii: "t"))) ?? place.table
        place.column = field(Int32(UInt8(ascii: "c"))) ?? place.column
        let code = Code(sqlState: state)
        let problem: String
        switch code {
        case .missingTable:
            place.table = message.quotedName ?? place.table
            problem = "there is no such table"
        case .missingColumn:
            place.column = message.quotedName ?? message.secondWord
            problem = "there is no such column"
        case .permissionDenied: problem = message
        // Syntax, types, functions, ambiguous or repeated names: the words are those of the statement.
        case .invalidStatement where ["42601", "42804", "42883", "42702", "42803", "42P07", "42P18"].contains(state):
            problem = message
        case .uniqueViolation, .constraint:
            let constraint = field(Int32(UInt8(ascii: "n"))).map { " \($0)" } ?? ""
            problem = "the constraint\(constraint) forbids the row"
        case .malformedValue: problem = "a given value does not fit its column"
        case .busy: problem = "another transaction holds the lock"
        case .timeout: problem = "the server cancelled the statement"
        case .serialization: problem = "another transaction got in between"
        case .readOnly: problem = "the transaction or the server is read-only"
        case .diskFull: problem = "the server's disk is full"
        case .connectionLost: problem = "the connection to the server was lost"
        case .cannotConnect: problem = "the server takes no more connections"
        default: problem = "the statement failed"
        }
        self.init(code, problem, at: place, engineCode: state.isEmpty ? nil : "SQLSTATE \(state)")
    }

    /// The error that connecting ended with. Such messages name hosts, users and databases, and no passwords.
    init(connecting connection: OpaquePointer, place: Place) {
        let message = String(cString: PQerrorMessage(connection))
        let state = message.sqlState
        let code: Code =
            if PQconnectionNeedsPassword(connection) == 1 {
                .authentication
            } else if state == "08P01" {
                Code(poolerMessage: message)
            } else if let state, case let code = Code(sqlState: state), code != .internal, code != .connectionLost {
                code
            } else {
                .cannotConnect
            }
        let problem: String =
            switch code {
            case .authentication: "the server refused the user or the password"
            case .notFound: "there is no such database"
            case .permissionDenied: "the user may not connect to this database"
            default: message.firstLine
            }
        self.init(code, problem, at: place, engineCode: state.map { "SQLSTATE \($0)" })
    }
}

extension StoreError.Code {
    /// PgBouncer relays a refusal of the server under a code of its own, so that only the words are left.
    fileprivate init(poolerMessage message: String) {
        if message.contains("database \"") && message.contains("does not exist") || message.contains("no such database")
        {
            self = .notFound
        } else if message.contains("authentication failed") || message.contains("no such user") {
            self = .authentication
        } else {
            self = .cannotConnect
        }
    }

    /// The kind of failure that an SQLSTATE (PostgreSQL manual, appendix A) stands for.
    init(sqlState state: String) {
        self =
            switch state {
            case "42P01", "3F000": .missingTable
            case "42703": .missingColumn
            case "42501": .permissionDenied
            case "3D000": .notFound
            case "23505": .uniqueViolation
            case "40001", "40P01": .serialization
            case "55P03": .busy
            case "57014", "25P03", "57P05": .timeout
            case "25006": .readOnly
            case "53100": .diskFull
            case "53300", "57P03": .cannotConnect
            case "57P01", "57P02": .connectionLost
            // What libpq itself reports has no state: the connection broke.
            case "": .connectionLost
            default:
                switch state.prefix(2) {
                case "08": .connectionLost
                case "22": .malformedValue
                case "23": .constraint
                case "28": .authentication
                case "42": .invalidStatement
                default: .internal
                }
            }
    }
}

extension String {
    /// What stands between the first two quotation marks.
    fileprivate var quotedName: String? {
        let parts = split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }

    /// The name in `column t.c does not exist`.
    fileprivate var secondWord: String? {
        let words = split(separator: " ")
        return words.first == "column" && words.count > 1 ? String(words[1]) : nil
    }

    /// The SQLSTATE in `FATAL:  3D000: database "x" does not exist`.
    fileprivate var sqlState: String? {
        for range in ranges(of: ":  ") {
            let rest = self[range.upperBound...].prefix(6)
            if rest.count == 6, rest.hasSuffix(":"),
                rest.dropLast().utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) })
            {
                return String(rest.dropLast())
            }
        }
        return nil
    }

    /// The first line, which says what failed; the lines after it repeat it for other addresses or are hints.
    fileprivate var firstLine: String {
        split(separator: "\n").first.map(String.init) ?? "no connection"
    }
}
