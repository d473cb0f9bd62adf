import Command
import Flows
import Records
import Services
import Worker

/// The certificates that an operator wants to be generated.
struct CertificateOrder: Sendable {
    /// The run.
    let run: GradedRun
    /// A learner of it with the name at Open edX; nil for all.
    let learner: (id: Int, username: String)?
    /// The grade in place of Open edX's; nil for Open edX's own.
    let override: Grade?

    private var manner: CertificateManner { override.map { .overridden($0) } ?? .forced }

    /// Does it.
    ///
    /// - Throws: ``Failure`` `data` when Open edX has no such grade; ``ServiceError``.
    func work(_ certificates: CourseCertificates, _ client: OpenEdXClient, _ context: JobContext) async throws {
        do {
            guard let learner else {
                _ = try await certificates.takeOver(run, manner, from: client)
                return
            }
            let outcomes = try await certificates.takeOver(run, of: learner.username, manner, from: client)
            guard !outcomes.isEmpty || context.value(of: .certificatesFailed) > 0 else {
                throw Failure(.data, "Open edX has no grade of learner \(learner.id) in run \(run.id) that can be used")
            }
        } catch let error as ServiceError {
            context.count(.runsFailed)
            context.failed("run \(run.id)", error, in: .question)
        }
    }
}
