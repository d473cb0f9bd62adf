import Command
import Flows
import Records
import Worker

/// Makes audit enrollments in programs verified once their courses are (`spec/openedx.md` §10).
struct UpgradeProgramEnrollments: ConfiguredJob {
    static let name: JobName = "upgrade-program-enrollments"
    static let summary = "Makes audit enrollments in programs verified once their courses are"
    static let schedule = Schedule("*-*-* 01:00:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.processed, .upgraded, .failed]
    static let settings: [any AnySetting] = []

    /// How many enrollments are looked at together.
    static let page = 500

    private let user: Int?
    private let program: Int?

    init(_ resources: JobResources) throws(Failure) {
        self.init(user: nil, program: nil)
    }

    /// The job for a learner or a program that an operator chose; nil is all.
    init(user: Int?, program: Int?) {
        self.user = user
        self.program = program
    }

    func run(_ context: JobContext) async throws {
        let upgrades = ProgramUpgrades(in: context)
        var (end, left) = (0, context.limit ?? Int.max)
        while left > 0, context.mayBegin() {
            let (after, limit, now) = (end, min(Self.page, left), context.time.now())
            let page = try await context.read { session in
                try LearnerProgram.upgradeCandidates(
                    users: user.map { [$0] }, programs: program.map { [$0] }, after: after, limit: limit, at: now,
                    in: &session)
            }
            guard let last = page.end else { break }
            let outcome = try await upgrades.upgrade(page.pairs)
            for (problem, pairs) in Dictionary(grouping: outcome.failed, by: \.value).sorted(by: { $0.key < $1.key }) {
                let name = pairs.count == 1 ? "\(pairs[0].key)" : "\(pairs.count) learners"
                context.failed(name, count: pairs.count, Postponed(problem))
            }
            context.count(.processed, by: page.pairs.count)
            context.count(.upgraded, by: outcome.upgraded.count)
            context.count(.failed, by: outcome.failed.count)
            (end, left) = (last, left - page.pairs.count)
        }
    }
}

extension Counter {
    /// Enrollments that became verified.
    static let upgraded = Counter("upgraded")
}
