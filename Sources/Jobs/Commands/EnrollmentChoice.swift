import Command
import Records
import Store

/// The options by which an operator chooses enrollments.
enum EnrollmentChoice {
    static let users = Option(
        "user", ValueType<String>.text, "the learners, separated by commas: id, e-mail address or name at Open edX")
    static let run = Option("run", ValueType<String>.text, "the key of the course run: course-v1:MITx+6.00x+3T2026")
    static let commit = Option(flag: "commit", "do it; without this, only what would be done is printed")

    /// The choice, nil when neither option is given.
    ///
    /// - Throws: ``Failure`` `data` when there is no such learner or run.
    static func read(_ invocation: Invocation, from database: Database) async throws -> PendingEnrollments.Choice? {
        let names = try invocation[users]?.split(separator: ",").map { $0.trimmed }
        let key = try invocation[run]
        guard names != nil || key != nil else { return nil }
        return try await database.read { session in
            var ids: [Int]?
            for (position, name) in (names ?? []).enumerated() {
                guard let id = try session.learnerID(namedBy: name) else {
                    // The text itself may be an address, which has no place in a log.
                    throw Failure(
                        .data, "--user: there is no learner of that kind (number \(position + 1) of the list)")
                }
                ids = (ids ?? []) + [id]
            }
            if let key {
                let sql: SQL = "SELECT id FROM courses_courserun WHERE courseware_id = \(key)"
                guard try session.first(sql, { _ in true }) != nil else {
                    throw Failure(.data, "--run: there is no course run with the key \(key)")
                }
            }
            return PendingEnrollments.Choice(users: ids, runKey: key)
        }
    }
}

extension Substring {
    /// The text without spaces at its ends.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
