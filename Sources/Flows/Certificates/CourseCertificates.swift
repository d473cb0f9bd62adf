import Bytes
import Command
import Records
import Services
import Store
import Worker

/// Takes grades of Open edX over, and issues or deletes the certificates that follow from them (`spec/openedx.md` §8.2, §8.3).
public struct CourseCertificates: Sendable {
    /// What is to be done with certificates that are new, when they are committed: programs may be earned by them, and
    /// credentials are to be signed. It fails for itself.
    public typealias FollowUp = @Sendable (_ created: [CertificateRow], _ run: GradedRun) async -> Void

    /// How many grades are written by one transaction: those of a page of Open edX.
    static let batch = 100
    /// Zeros are remembered under this name, whoever sees them.
    static let sightings = Sightings(of: "generate-certificates")

    let context: JobContext
    private let numbers: RandomNumbers
    private let followUp: FollowUp

    /// The procedure within a run of a job.
    public init(
        in context: JobContext, numbers: RandomNumbers, followUp: @escaping FollowUp = { _, _ in }
    ) {
        self.context = context
        self.numbers = numbers
        self.followUp = followUp
    }

    /// Writes what follows from a page of grades of a run, and counts it. One learner who cannot be written does not cost the
    /// others theirs.
    ///
    /// - Parameter page: the number of the page, by which logs name it.
    /// - Returns: what came of it, for each learner that is known.
    /// - Throws: what ends the run: a lost lease, a database that does not answer.
    @discardableResult public func write(
        _ grades: [OpenEdXGrade], of run: GradedRun, page: Int = 1, _ manner: CertificateManner = .scheduled
    ) async throws -> [CertificateOutcome] {
        var outcomes: [CertificateOutcome] = []
        for start in stride(from: 0, to: grades.count, by: Self.batch) {
            let batch = Array(grades[start..<min(start + Self.batch, grades.count)])
            outcomes += try await writeBatch(batch, of: run, page: page, manner)
        }
        return outcomes
    }

    private func writeBatch(
        _ grades: [OpenEdXGrade], of run: GradedRun, page: Int, _ manner: CertificateManner
    ) async throws -> [CertificateOutcome] {
        do {
            return try await commit(grades, of: run, page: page, manner)
        } catch let error as StoreError {
            guard error.concernsRows else { throw error }
            if grades.count == 1 {
                context.count(.certificatesFailed)
                context.failed("grade \(grades[0].position) on page \(page) of run \(run.id)", error)
                return []
            }
        }
        // One of them spoils the transaction for all.
        var outcomes: [CertificateOutcome] = []
        for grade in grades { outcomes += try await writeBatch([grade], of: run, page: page, manner) }
        return outcomes
    }

    func commit(
        _ grades: [OpenEdXGrade], of run: GradedRun, page: Int, _ manner: CertificateManner
    ) async throws -> [CertificateOutcome] {
        let now = context.time.now()
        let written = try await context.write { session in
            var transaction = CertificateTransaction(
                run: run, manner: manner, stamp: context.stamp, now: now, numbers: numbers)
            try transaction.write(grades, in: &session)
            return transaction
        }
        tell(written, page: page)
        let created = written.created
        if !created.isEmpty, !context.isDryRun { await followUp(created, run) }
        return written.outcomes
    }

    private func tell(_ written: CertificateTransaction, page: Int) {
        let run = written.run.id
        context.count(.gradesCreated, by: written.gradesCreated.count)
        context.count(.gradesUpdated, by: written.gradesUpdated.count)
        context.count(.gradesInvalid, by: written.invalid.count)
        context.count(.unknownUsers, by: written.unknown.count)
        context.count(.certificatesCreated, by: written.created.count)
        context.count(.certificatesDeleted, by: written.deleted.count)
        context.count(.certificatesRevoked, by: written.revokedCount)
        for (position, problem) in written.invalid {
            logInvalid(position, page: page, of: written.run, problem)
        }
        if let first = written.unknown.first {
            context.log.warning(
                "unknown_learners",
                ["run": .int(run), "page": .int(page), "count": .int(written.unknown.count), "first": .int(first)])
        }
        for certificate in written.doubted {
            context.log.warning("certificate_in_doubt", certificate.fields(of: run, "the grade is zero"))
        }
        for certificate in written.deleted {
            context.log.warning("certificate_deleted", certificate.fields(of: run, "the grade is zero"))
        }
        guard context.isDryRun else { return }
        for user in written.gradesCreated { context.rehearse("create the grade of learner \(user) in run \(run)") }
        for user in written.gradesUpdated { context.rehearse("change the grade of learner \(user) in run \(run)") }
        for certificate in written.created {
            context.rehearse("create the certificate of learner \(certificate.userID) in run \(run)")
        }
        for certificate in written.deleted {
            context.rehearse("delete the certificate of learner \(certificate.userID) in run \(run)")
        }
    }

    /// Tells of an entry that is no grade.
    func logInvalid(_ position: Int, page: Int, of run: GradedRun, _ problem: String) {
        context.log.warning(
            "grade_skipped",
            ["run": .int(run.id), "page": .int(page), "entry": .int(position), "problem": .string(problem)])
    }
}

extension CertificateRow {
    fileprivate func fields(of run: Int, _ reason: String) -> LogFields {
        [
            "certificate": .int(id), "run": .int(run), "uuid": .string("\(uuid)"), "link": .string(link),
            "reason": .string(reason),
        ]
    }
}

extension StoreError {
    /// Whether other rows may be written all the same.
    fileprivate var concernsRows: Bool {
        switch code {
        case .malformedValue, .uniqueViolation, .constraint, .serialization, .busy: true
        default: false
        }
    }
}
