import Catalog
import Records
import Store
import Worker

/// Makes audit enrollments in programs verified once the learners are verified in what the programs require
/// (`spec/openedx.md` §10).
public struct ProgramUpgrades: Sendable {
    /// How it went with learners and programs.
    public struct Outcome: Sendable {
        /// Who is enrolled as verified now.
        public fileprivate(set) var upgraded: Set<LearnerProgram> = []
        /// What could not be looked at, and why.
        public fileprivate(set) var failed: [LearnerProgram: String] = [:]
    }

    private let context: JobContext

    /// Upgrades within a run.
    public init(in context: JobContext) {
        self.context = context
    }

    /// Looks at learners who are enrolled as audit, and then at their enrollments in the programs that require those in which
    /// they became verified.
    ///
    /// - Throws: what concerns all learners: ``StoreError``, ``LeaseLost``.
    public func upgrade(_ candidates: [LearnerProgram]) async throws -> Outcome {
        let requirements = try await context.read { session in try session.programRequirements() }
        var outcome = Outcome()
        var round = candidates
        while !round.isEmpty {
            let upgraded = try await upgrade(round, requirements, &outcome)
            round = try await dependents(of: upgraded, requirements, besides: outcome.upgraded)
        }
        return outcome
    }

    private func upgrade(
        _ pairs: [LearnerProgram], _ requirements: ProgramRequirements, _ outcome: inout Outcome
    ) async throws -> Set<LearnerProgram> {
        var upgraded: Set<LearnerProgram> = []
        var unusable: [LearnerProgram: String] = [:]
        // What was upgraded before is missing in the database of a dry run.
        let known = Dictionary(grouping: outcome.upgraded, by: \.user).mapValues { Set($0.map(\.program)) }
        let failed = try await context.together(pairs) { pairs in
            var verified = try await context.read { session in
                try session.verifiedEnrollments(of: Set(pairs.map(\.user)).sorted())
            }
            for (user, programs) in known { verified[user]?.programs.formUnion(programs) }
            var ready: [LearnerProgram] = []
            for pair in pairs {
                do throws(ProgramRequirements.Unusable) {
                    let done = verified[pair.user] ?? .init()
                    if try requirements.isUpgradable(pair.program, by: done) { ready.append(pair) }
                } catch {
                    unusable[pair] = error.description
                }
            }
            upgraded.formUnion(try await write(ready.sorted()))
        }
        outcome.upgraded.formUnion(upgraded)
        outcome.failed.merge(unusable) { _, new in new }
        for (pair, error) in failed { outcome.failed[pair] = error.description }
        return upgraded
    }

    /// Makes the enrollments verified that are still active and audit, and returns which were.
    private func write(_ pairs: [LearnerProgram]) async throws -> [LearnerProgram] {
        guard !pairs.isEmpty else { return [] }
        let now = context.time.now()
        let written = try await context.write { session in
            try pairs.filter { pair in
                guard let row = try ProgramEnrollmentRow.locked(user: pair.user, program: pair.program, in: &session),
                    row.isActive, row.mode == "audit"
                else { return false }
                var after = row
                after.mode = "verified"
                return try row.changed(to: after, stamp: context.stamp, at: now, in: &session)
            }
        }
        for pair in written { context.rehearse("make the enrollment of \(pair) verified") }
        return written
    }

    private func dependents(
        of upgraded: Set<LearnerProgram>, _ requirements: ProgramRequirements, besides known: Set<LearnerProgram>
    ) async throws -> [LearnerProgram] {
        let programs = Dictionary(
            uniqueKeysWithValues: Set(upgraded.map(\.program)).map { program in
                (program, Set(requirements.programs(requiring: program).map(\.id)))
            })
        let pairs = Set(
            upgraded.flatMap { pair in
                programs[pair.program, default: []].map { LearnerProgram(user: pair.user, program: $0) }
            }
        ).subtracting(known)
        guard !pairs.isEmpty else { return [] }
        let now = context.time.now()
        return try await context.read { session in
            try LearnerProgram.upgradeCandidates(
                users: Set(pairs.map(\.user)).sorted(), programs: Set(pairs.map(\.program)).sorted(), after: 0,
                limit: Int.max, at: now, in: &session
            ).pairs.filter(pairs.contains)
        }
    }
}
