import Bytes
import Catalog
import Command
import Records
import Store
import Synchronization
import Worker

/// Issues the certificates of programs to learners who have earned them (`spec/openedx.md` §9).
public final class ProgramAwards: Sendable {
    /// How it went with a learner and a program.
    public enum Award: Hashable, Sendable {
        /// The certificate of this id was issued.
        case created(Int)
        /// The learner has the certificate of this id, which may be revoked.
        case existing(Int)
        /// The learner is not enrolled as verified.
        case notEnrolled
        /// Something is missing.
        case notEarned
        /// It is not known, for this reason.
        case failed(String)
    }

    private let context: JobContext
    private let numbers: RandomNumbers
    /// What was told of programs already: all their learners meet it.
    private let told = Mutex<Set<String>>([])

    /// Awards within a run; `numbers` make the UUIDs.
    public init(in context: JobContext, numbers: RandomNumbers) {
        self.context = context
        self.numbers = numbers
    }

    /// Looks at what new course certificates may have brought: the live programs that name the course. What goes wrong with a
    /// learner is told here, and is none of the caller's failures; the daily job looks again.
    ///
    /// - Parameter completed: the learners and courses, once their certificates are committed.
    /// - Returns: the ids of the program certificates that were issued.
    /// - Throws: what concerns all learners: ``StoreError``, ``LeaseLost``.
    @discardableResult public func evaluate(completed: [(user: Int, course: Int)]) async throws -> [Int] {
        let pairs = try await context.read { session in try LearnerProgram.awaiting(completed, in: &session) }
        guard !pairs.isEmpty else { return [] }
        let awards = try await award(pairs)
        for failure in Self.failures(in: awards) {
            let count = LogValue.int(failure.count)
            context.log.error(
                "program_not_evaluated",
                ["item": .string(failure.name), "learners": count, "problem": .string(failure.problem)])
            context.alarm("programs_not_evaluated", ["program": .int(failure.program), "learners": count])
        }
        return Self.created(in: awards)
    }

    /// Looks at learners and programs, and then at the programs that require those whose certificates were issued.
    ///
    /// - Parameter isForced: whether certificates are issued whatever was completed, enrolled or not.
    /// - Returns: how it went with each, and with those that came to be looked at because of them.
    /// - Throws: what concerns all learners: ``StoreError``, ``LeaseLost``.
    public func award(_ pairs: [LearnerProgram], isForced: Bool = false) async throws -> [LearnerProgram: Award] {
        let requirements = try await context.read { session in try session.programRequirements() }
        tellObstacles(of: requirements, to: Set(pairs.map(\.program)))
        var awards: [LearnerProgram: Award] = [:]
        var round = Round(pairs: Array(Set(pairs)).sorted(), isForced: isForced)
        while !round.pairs.isEmpty {
            let outcome = try await award(round, requirements)
            // Who is not enrolled in a program that requires another was only looked for.
            awards.merge(outcome.filter { round.isFirst || $0.value != .notEnrolled }) { _, new in new }
            let created = outcome.filter { $0.value.isCreated }.map(\.key)
            round = Round(after: round, created: created, dependents: requirements.dependents(of: created))
        }
        return awards
    }

    /// Learners and programs that are looked at together.
    private struct Round: Sendable {
        let pairs: [LearnerProgram]
        let isForced: Bool
        let isFirst: Bool
        /// Whose certificates were issued before; a dry run does not find them in the database.
        let created: Set<LearnerProgram>

        init(pairs: [LearnerProgram], isForced: Bool) {
            self.pairs = pairs
            self.isForced = isForced
            isFirst = true
            created = []
        }

        init(after round: Round, created: [LearnerProgram], dependents: Set<LearnerProgram>) {
            self.created = round.created.union(created)
            pairs = dependents.subtracting(self.created).sorted()
            isForced = false
            isFirst = false
        }
    }

    private func award(
        _ round: Round, _ requirements: ProgramRequirements
    ) async throws -> [LearnerProgram: Award] {
        var awards: [LearnerProgram: Award] = [:]
        let failed = try await context.together(round.pairs) { pairs in
            let facts = try await context.read { session in try CertificateFacts(of: pairs, in: &session) }
            let verdicts = pairs.map { pair in (pair, verdict(on: pair, facts, requirements, round)) }
            let earned = verdicts.filter { $0.1 == nil }.map(\.0)
            let issued = try await issue(earned, needsEnrollment: !round.isForced)
            for (pair, verdict) in verdicts { awards[pair] = verdict ?? issued[pair] }
        }
        for (pair, error) in failed { awards[pair] = .failed(error.description) }
        return awards
    }

    /// How it goes with a learner, by the rules in the order of `spec/openedx.md` §9.1; nil for a certificate that is to be issued.
    private func verdict(
        on pair: LearnerProgram, _ facts: CertificateFacts, _ requirements: ProgramRequirements, _ round: Round
    ) -> Award? {
        if !round.isForced, !facts.enrolled.contains(pair) { return .notEnrolled }
        if let id = facts.certificates[pair] { return .existing(id) }
        if round.isForced { return nil }
        var done = facts.done(by: pair.user)
        done.programs.formUnion(round.created.filter { $0.user == pair.user }.map(\.program))
        do {
            return try requirements.isEarned(pair.program, by: done) ? nil : .notEarned
        } catch {
            return .failed(error.description)
        }
    }

    private func issue(_ earned: [LearnerProgram], needsEnrollment: Bool) async throws -> [LearnerProgram: Award] {
        guard !earned.isEmpty else { return [:] }
        let now = context.time.now()
        let (awards, withoutPage) = try await context.write { session in
            let programs = Set(earned.map(\.program))
            let revisions = try session.certificateRevisions(.program, of: programs)
            var awards: [LearnerProgram: Award] = [:]
            for pair in earned {
                let certificate = NewProgramCertificate(
                    for: pair, uuid: .random(numbers.number), revision: revisions[pair.program],
                    needsEnrollment: needsEnrollment)
                if let id = try certificate.insert(at: now, in: &session) {
                    awards[pair] = .created(id)
                } else {
                    let existing = try NewProgramCertificate.existing(of: pair, in: &session)
                    awards[pair] = existing.map(Award.existing) ?? .notEnrolled
                }
            }
            let created = earned.filter { awards[$0]?.isCreated ?? false }
            try Dirty.mark(.contact, Set(created.map(\.user)).sorted(), at: now, in: &session)
            try Dirty.mark(.programCertificate, Self.created(in: awards), at: now, in: &session)
            return (awards, programs.filter { revisions[$0] == nil })
        }
        for pair in earned where awards[pair]?.isCreated ?? false {
            context.rehearse("issue the program certificate of \(pair)")
        }
        for program in withoutPage.sorted() where isNews("page of \(program)") {
            context.log.warning("certificate_page_missing", ["program": .int(program)])
        }
        return awards
    }

    private func isNews(_ what: String) -> Bool {
        told.withLock { $0.insert(what).inserted }
    }

    private func tellObstacles(of requirements: ProgramRequirements, to programs: Set<Int>) {
        for finding in requirements.obstacles(to: programs.sorted()) {
            guard isNews("\(finding.kind) \(finding.problem) \(finding.node ?? 0)") else { continue }
            context.log.error("requirements_unusable", finding.fields(of: requirements))
        }
    }
}
