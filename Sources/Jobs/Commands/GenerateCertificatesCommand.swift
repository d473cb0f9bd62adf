import Command
import Records
import Store
import Worker

/// `mitxonline-jobs generate-certificates`.
enum GenerateCertificatesCommand {
    private static let run = Option(
        "run", ValueType<String>.text, "the key of the course run: course-v1:MITx+6.00x+3T2026")
    private static let user = Option(
        "user", ValueType<String>.text, "one learner: id, e-mail address or name at Open edX; all when it is left out")
    private static let grade = Option(
        "grade", ValueType<Double>.grade, "a grade in place of Open edX's, which stays: with --user and --letter-grade")
    private static let letter = Option("letter-grade", ValueType<String>.letter, "the letter of that grade")

    static let subcommand = Subcommand(
        "generate-certificates", "Takes over the grades of one run, and issues its certificates whatever its dates",
        discussion: """
            The same as the job of that name, for one run and on demand. With --grade the grade is an operator's from then on, \
            passed unless it is 0.0, and the certificate is issued whatever the learner's enrollment. Prints only what it would \
            do unless --commit is given.
            """,
        options: [run, user, grade, letter, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease], run: generate)

    @Sendable private static func generate(_ invocation: Invocation) async throws -> Outcome {
        let (key, name) = (try invocation[run], try invocation[user])
        let (number, letter) = (try invocation[grade], try invocation[letter])
        guard let key else { throw Failure(.usage, "choose a course run: give --run") }
        guard (number == nil) == (letter == nil), number == nil || name != nil else {
            throw Failure(.usage, "a grade of one's own takes --user, --grade and --letter-grade together")
        }
        let isDryRun = try !invocation[EnrollmentChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let override = number.map { Grade($0, letter: letter, hasPassed: $0 != 0) }
        let choice = try await workshop.database.read { session in
            guard let run = try GradedRun.named(key, in: &session) else {
                throw Failure(.data, "--run: there is no course run with that key")
            }
            return CertificateOrder(
                run: run, learner: try name.map { try session.openEdXLearner(namedBy: $0) }, override: override)
        }
        let job = try GenerateCertificates(try workshop.resources(for: GenerateCertificates.self), choice: choice)
        let outcome = try await workshop.engine.run(job, isDryRun: isDryRun, isByHand: true)
        try invocation.print(outcome, text: outcome.counts)
        return outcome
    }
}

extension Session {
    /// The learner that a text names, with the name at Open edX.
    ///
    /// - Throws: ``Failure`` `data` when there is none, or no such name; the text itself may be an address, which has no place
    ///   in a log.
    fileprivate mutating func openEdXLearner(namedBy text: String) throws -> (id: Int, username: String) {
        guard let id = try learnerID(namedBy: text) else {
            throw Failure(.data, "--user: there is no learner of that kind")
        }
        guard let username = try openEdXAccount(of: id)?.username else {
            throw Failure(.data, "--user: learner \(id) has no name at Open edX")
        }
        return (id: id, username: username)
    }
}

extension ValueType<Double> {
    /// A grade that an operator may set.
    fileprivate static let grade = ValueType(placeholder: "N", range: "between 0.0 and 1.0") {
        text throws(InvalidValue) in
        guard let number = Double(text), (0...1).contains(number) else {
            throw InvalidValue("is not between 0.0 and 1.0")
        }
        return number
    }
}

extension ValueType<String> {
    /// A letter that an operator may set.
    fileprivate static let letter = ValueType(placeholder: "LETTER", range: "A to F") { text throws(InvalidValue) in
        guard ["A", "B", "C", "D", "E", "F"].contains(text) else { throw InvalidValue("is not a letter from A to F") }
        return text
    }
}
