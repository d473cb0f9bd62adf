import Command
import Records
import Store

/// The options by which an operator chooses learners.
enum LearnerChoice {
    static let users = EnrollmentChoice.users
    static let commit = EnrollmentChoice.commit

    /// The ids of the learners that `--user` names, each once, in their order; nil when it is not given.
    ///
    /// - Throws: ``Failure`` `data` when there is no such learner.
    static func read(_ invocation: Invocation, from database: Database) async throws -> [Int]? {
        guard let names = try invocation[users] else { return nil }
        return try await database.read { session in
            var ids: Set<Int> = []
            for (position, name) in names.enumerated() {
                guard let id = try session.learnerID(namedBy: name) else {
                    // The text itself may be an address, which has no place in a log.
                    throw Failure(
                        .data, "--user: there is no learner of that kind (number \(position + 1) of the list)")
                }
                ids.insert(id)
            }
            return ids.sorted()
        }
    }

    /// The same for commands that have nothing to do without `--user`.
    ///
    /// - Throws: ``Failure`` `usage` when it is not given.
    static func required(_ invocation: Invocation, from database: Database) async throws -> [Int] {
        guard let ids = try await read(invocation, from: database) else {
            throw Failure(.usage, "choose learners: give --user")
        }
        return ids
    }
}
