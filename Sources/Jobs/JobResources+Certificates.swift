import Flows
import HTTP
import Records
import Worker

extension JobResources {
    /// What has credentials signed within a run; nothing is, without settings. Calls to the signer are made once.
    func credentials(_ settings: CredentialIssuerSettings?, in context: JobContext) -> CredentialIssuer {
        CredentialIssuer(
            in: context, settings: settings,
            over: LoggingTransport(context.guarded(transport), log: context.log, time: context.time))
    }

    /// What issues certificates of courses within a run, and sees to what follows once they are committed: their credentials, the
    /// certificates of programs and the credentials of those. A failure there is none of the course's.
    func courseCertificates(_ issuer: CredentialIssuer, in context: JobContext) -> CourseCertificates {
        let programs = ProgramAwards(in: context, numbers: numbers)
        return CourseCertificates(in: context, numbers: numbers) { created, run in
            await issuer.issueAndCount(.course, created.map(\.id), in: context)
            do {
                let awarded = try await programs.evaluate(
                    completed: created.map { (user: $0.userID, course: run.courseID) })
                await issuer.issueAndCount(.program, awarded, in: context)
            } catch {
                context.failed("programs with run \(run.id)", error)
            }
        }
    }
}

extension CredentialIssuer {
    /// Has the credentials of new certificates signed, and counts them. Those that fail are the business of `issue-credentials`.
    func issueAndCount(_ kind: CertificateKind, _ ids: [Int], in context: JobContext) async {
        context.count(.credentialsIssued, by: await issue(kind, ids))
    }
}
