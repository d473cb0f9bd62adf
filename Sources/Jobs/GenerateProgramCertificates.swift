import Command
import Flows
import Publisher
import Records
import Services
import Worker

/// Issues the program certificates that nothing else has issued (`spec/openedx.md` §9.2).
struct GenerateProgramCertificates: ConfiguredJob {
    static let name: JobName = "generate-program-certificates"
    static let summary = "Issues the program certificates that nothing else has issued"
    static let schedule = Schedule("*-*-* 02:00:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.processed, .created, .ineligible, .failed, .credentialsIssued]
    static let settings = [SiteSetting.siteBaseURL] + CredentialSetting.all + CertificateSettings.all

    /// How many learners and programs are looked at together.
    static let page = 500

    /// What an operator chose: a program, and one learner of it or all who are enrolled.
    struct Choice: Sendable {
        let program: Int
        let user: Int?
        /// Whether the learner gets the certificate whatever they completed.
        let isForced: Bool
    }

    private let resources: JobResources
    private let issuer: CredentialIssuerSettings?
    private let folder: CertificateSettings?
    private let choice: Choice?

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, choice: nil)
    }

    /// The job for what an operator chose.
    init(_ resources: JobResources, choice: Choice?) throws(Failure) {
        self.resources = resources
        issuer = try CredentialIssuerSettings(resources.settings)
        folder = try CertificateSettings(resources.settings)
        self.choice = choice
    }

    func run(_ context: JobContext) async throws {
        try await award(resources.credentials(issuer, in: context), context)
        try await CertificateFolder.publish(folder, in: context)
    }

    private func award(_ issuer: CredentialIssuer, _ context: JobContext) async throws {
        let awards = ProgramAwards(in: context, numbers: resources.numbers)
        if let choice, let user = choice.user {
            let pair = LearnerProgram(user: user, program: choice.program)
            try await work(on: [pair], isForced: choice.isForced, awards, issuer, context)
            return
        }
        var (end, left) = (0, context.limit ?? Int.max)
        while left > 0, context.mayBegin() {
            let page = try await candidates(after: end, limit: min(Self.page, left), context)
            guard let last = page.end else { break }
            try await work(on: page.pairs, awards, issuer, context)
            (end, left) = (last, left - page.pairs.count)
        }
    }

    private func candidates(after end: Int, limit: Int, _ context: JobContext) async throws -> LearnerProgram.Page {
        try await context.read { session in
            guard let choice else {
                return try LearnerProgram.certificateCandidates(after: end, limit: limit, in: &session)
            }
            return try LearnerProgram.enrolled(in: choice.program, after: end, limit: limit, in: &session)
        }
    }

    private func work(
        on pairs: [LearnerProgram], isForced: Bool = false, _ awards: ProgramAwards, _ issuer: CredentialIssuer,
        _ context: JobContext
    ) async throws {
        let outcome = try await awards.award(pairs, isForced: isForced)
        let created = ProgramAwards.created(in: outcome)
        let failures = ProgramAwards.failures(in: outcome)
        let failed = failures.reduce(0) { $0 + $1.count }
        let strangers = pairs.count { outcome[$0] == .notEnrolled }
        let ineligible = pairs.count { outcome[$0] == .notEarned } + strangers
        for failure in failures { context.failed(failure.name, count: failure.count, Postponed(failure.problem)) }
        if strangers > 0 { context.log.warning("not_enrolled_as_verified", ["learners": .int(strangers)]) }
        context.count(.processed, by: pairs.count)
        context.count(.created, by: created.count)
        context.count(.ineligible, by: ineligible)
        context.count(.failed, by: failed)
        await issuer.issueAndCount(.program, created, in: context)
        context.log.info(
            "page_done",
            [
                "processed": .int(pairs.count), "created": .int(created.count), "ineligible": .int(ineligible),
                "failed": .int(failed),
            ])
    }
}

extension Counter {
    /// Items that were looked at.
    static let processed = Counter("processed")
    /// Things that were made.
    static let created = Counter("created")
    /// Items that lack something for what was looked for.
    static let ineligible = Counter("ineligible")
}
