import Command
import Records
import Store

/// The options by which an operator chooses enrollments.
enum EnrollmentChoice {
    static let users = Option(
        "user", ValueType<[String]>.list, "the learners, separated by commas: id, e-mail address or name at Open edX")
    static let run = Option("run", ValueType<String>.runKey, "the key of the course run: course-v1:MITx+6.00x+3T2026")
    static let commit = Option(flag: "commit", "do it; without this, only what would be done is printed")

    /// Whether one of the two options that choose is given.
    static func isGiven(_ invocation: Invocation) throws -> Bool {
        let (names, key) = (try invocation[users], try invocation[run])
        return names != nil || key != nil
    }

    /// The choice, nil when neither option is given.
    ///
    /// - Throws: ``Failure`` `data` when there is no such learner or run.
    static func read(_ invocation: Invocation, from database: Database) async throws -> PendingEnrollments.Choice? {
        let names = try invocation[users]
        let key = try invocation[run]
        guard names != nil || key != nil else { return nil }
        return try await database.read { session in
            var ids: [Int]?
            if names != nil { ids = [] }
            for (position, name) in (names ?? []).enumerated() {
                guard let id = try session.learnerID(namedBy: name) else {
                    // The text itself may be an address, which has no place in a log.
                    throw Failure(
                        .data, "--user: there is no learner of that kind (number \(position + 1) of the list)")
                }
                ids = (ids ?? []) + [id]
            }
            if let key {
                guard try session.hasCourseRun(key) else {
                    throw Failure(.data, "--run: there is no course run with that key")
                }
            }
            return PendingEnrollments.Choice(users: ids, runKey: key)
        }
    }
}

extension ValueType<[String]> {
    /// Texts that are separated by commas, at least one: an empty list, as of a variable that is not set, must not stand for
    /// all.
    fileprivate static let list = ValueType(placeholder: "LIST") { text throws(InvalidValue) in
        let texts = text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
        guard !texts.isEmpty else { throw InvalidValue("names nobody") }
        return texts
    }
}

extension ValueType<String> {
    /// The key of a course run.
    static let runKey = ValueType(placeholder: "KEY") { text throws(InvalidValue) in
        guard !text.isEmpty else { throw InvalidValue("is no key of a course run") }
        return text
    }
}

extension Substring {
    /// The text without spaces at its ends.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
