import Bytes
import Records
import Services
import Store
import Worker

extension CourseCertificates {
    /// What came of an award.
    public enum Award: Hashable, Sendable {
        /// The grade was looked at, and this is what it led to.
        case settled(CertificateOutcome.Ending)
        /// There is no such run, or the learner has no name at Open edX.
        case unknown
        /// Open edX does not know the learner in that run.
        case notEnrolled
        /// What Open edX answered is no grade that the tables take.
        case invalidGrade
    }

    /// Fetches one learner's grade in a run, and issues the certificate that it earns (`spec/openedx.md` §12.3). With an active
    /// certificate Open edX is not asked.
    ///
    /// - Parameter isForced: whether the run's date does not matter.
    /// - Throws: ``ServiceError`` when Open edX could not be asked; ``StoreError``.
    public func award(
        user: Int, run: Int, isForced: Bool, _ client: OpenEdXClient
    ) async throws -> Award {
        let now = context.time.now()
        let known = try await context.read { session -> (run: GradedRun, username: String, hasCertificate: Bool)? in
            guard let graded = try GradedRun.with(id: run, in: &session),
                let username = try session.openEdXAccount(of: user)?.username
            else { return nil }
            let certificate = try CertificateRow.find(.course, of: run, user: user, in: &session)
            return (run: graded, username: username, hasCertificate: certificate?.isActive(at: now) ?? false)
        }
        guard let known else { return .unknown }
        if known.hasCertificate { return .settled(.exists) }
        guard let page = try await client.grade(of: known.username, in: known.run.key) else { return .notEnrolled }
        context.serviceAnswered(.question)
        for flaw in page.flaws { logInvalid(flaw.position, page: 1, of: known.run, flaw.problem) }
        context.count(.gradesInvalid, by: page.flaws.count)
        // Whoever asked for one learner is told why it did not go.
        let outcomes = try await commit(page.grades, of: known.run, page: 1, isForced ? .forced : .scheduled)
        return outcomes.first { $0.user == user }.map { .settled($0.ending) } ?? .invalidGrade
    }
}

extension CourseCertificates.Award: CustomStringConvertible {
    /// `created`, `notEligible`, `notEnrolled`.
    public var description: String {
        switch self {
        case .settled(let ending): "\(ending)"
        case .unknown: "unknown"
        case .notEnrolled: "notEnrolled"
        case .invalidGrade: "invalidGrade"
        }
    }
}
