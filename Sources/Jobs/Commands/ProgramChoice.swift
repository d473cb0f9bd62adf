import Command
import Records
import Store

/// The options by which an operator chooses a program and a learner.
enum ProgramChoice {
    static let program = Option(
        "program", ValueType<String>.program, "the program: its id, or its key such as program-v1:MITx+DEDP")
    static let user = Option(
        "user", ValueType<String>.learner, "one learner: id, e-mail address or name at Open edX")

    /// The program that was chosen; nil when none was.
    ///
    /// - Throws: ``Failure`` `data` when there is no such program.
    static func program(_ invocation: Invocation, from database: Database) async throws -> Int? {
        guard let key = try invocation[program] else { return nil }
        return try await database.read { session in
            guard let id = try session.programID(namedBy: key) else {
                throw Failure(.data, "--program: there is no program with that id or key")
            }
            return id
        }
    }

    /// The learner who was chosen; nil when none was.
    ///
    /// - Throws: ``Failure`` `data` when there is no such learner.
    static func user(_ invocation: Invocation, from database: Database) async throws -> Int? {
        guard let name = try invocation[user] else { return nil }
        return try await database.read { session in
            // The text itself may be an address, which has no place in a log.
            guard let id = try session.learnerID(namedBy: name) else {
                throw Failure(.data, "--user: there is no learner of that kind")
            }
            return id
        }
    }
}

extension ValueType<String> {
    /// The id or the key of a program.
    fileprivate static let program = ValueType(placeholder: "PROGRAM") { text throws(InvalidValue) in
        guard !text.isEmpty else { throw InvalidValue("names no program") }
        return text
    }

    /// What names one learner.
    fileprivate static let learner = ValueType(placeholder: "LEARNER") { text throws(InvalidValue) in
        guard !text.isEmpty else { throw InvalidValue("names nobody") }
        return text
    }
}
