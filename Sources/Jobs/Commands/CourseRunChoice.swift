import Command
import Records

/// The options by which an operator chooses course runs.
enum CourseRunChoice {
    static let runs = Option(
        "run", ValueType<[String]>.runKeys, "the keys of the runs, separated by commas: course-v1:MITx+6.00x+3T2026")
    static let all = Option(
        flag: "all", "all runs that are shown and not expired, those of tests included; none that serves as a source")

    /// The choice.
    ///
    /// - Throws: ``Failure`` `usage` unless exactly one of the two options is given.
    static func read(_ invocation: Invocation) throws -> SyncCourseRuns.Selection {
        let (keys, isAll) = (try invocation[runs], try invocation[all])
        switch (keys, isAll) {
        case (let keys?, false): return .named(keys)
        case (nil, true): return .all
        default: throw Failure(.usage, "choose course runs: give --run or --all")
        }
    }
}

extension Invocation {
    /// Does an errand, dry without `--commit`, and prints what it counted.
    func run(_ errand: CourseRunErrand.Errand) async throws -> Outcome {
        try await run { (resources) throws(Failure) in try CourseRunErrand(resources, errand) }
    }

    /// Runs a job for an operator, dry without `--commit`, and prints what it counted.
    func run<J: ConfiguredJob>(_ make: (JobResources) throws(Failure) -> J) async throws -> Outcome {
        let isDryRun = try !self[EnrollmentChoice.commit]
        let workshop = try Workshop(self, isDryRun: isDryRun)
        let job = try make(try workshop.resources(for: J.self))
        let outcome = try await workshop.engine.run(job, isDryRun: isDryRun, isByHand: true)
        try print(outcome, text: outcome.counts.isEmpty ? "nothing to do" : outcome.counts)
        return outcome
    }
}

extension ValueType<[String]> {
    /// Keys that are separated by commas, at least one; each once.
    static let runKeys = ValueType(placeholder: "KEYS") { text throws(InvalidValue) in
        var keys: [String] = []
        for part in text.split(separator: ",") {
            let key = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            if !key.isEmpty, !keys.contains(key) { keys.append(key) }
        }
        guard !keys.isEmpty else { throw InvalidValue("names no course run") }
        return keys
    }
}
