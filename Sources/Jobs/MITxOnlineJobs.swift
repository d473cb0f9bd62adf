import Command
import Flows
import HTTP
import Services
import Store
import Worker

/// The program `mitxonline-jobs`.
@main
enum MITxOnlineJobs {
    static func main() async {
        await program.main()
    }

    /// Its version.
    static let version = "0.1.0"

    /// The program as data.
    static let program = Program(
        "mitxonline-jobs", version: version, "Runs the batch jobs of MITx Online, one at each start",
        subcommands: [
            ListCommand.subcommand, ShowCommand.subcommand, RunCommand.subcommand, StatusCommand.subcommand,
            DeadLettersCommand.subcommand, RequeueCommand.subcommand, MigrateCommand.subcommand,
            ConfigCommand.subcommand,
            // Course runs
            SyncCourseRunsCommand.subcommand, SyncUpgradeDeadlinesCommand.subcommand,
            CheckCourseModesCommand.subcommand, ImportCourseRunCommand.subcommand, CloneCourseRunCommand.subcommand,
            // Certificates
            GenerateCertificatesCommand.subcommand, GenerateProgramCertificatesCommand.subcommand,
            RevocationCommand.revoke, RevocationCommand.restore, IssueCredentialsCommand.subcommand,
            RenderCertificatesCommand.subcommand, UpdateCertificateRevisionsCommand.subcommand,
            UpdateProgramTitlesCommand.subcommand,
            // Programs
            UpgradeProgramEnrollmentsCommand.subcommand, CheckRequirementTreesCommand.subcommand,
            // Enrollments
            EnrollLearnersCommand.subcommand, UnenrollLearnerCommand.subcommand, DeferEnrollmentCommand.subcommand,
            RetryEnrollmentsCommand.subcommand, ResetRetriesCommand.subcommand, SyncEnrollmentsCommand.subcommand,
            ImportEnrollmentsCommand.subcommand,
            // Learners
            RepairUsersCommand.subcommand, RepairUsernamesCommand.subcommand, RegenerateTokensCommand.subcommand,
            UpdateProfilesCommand.subcommand, RetireUsersCommand.subcommand,
        ],
        faultPoints: EnginePoints.all + CertificatePoints.all, failure: meaning)

    /// What the errors of the modules mean to the person who started the program.
    @Sendable private static func meaning(of error: any Error) -> Failure? {
        switch error {
        case let error as StoreError: error.failure
        case let error as ServiceError: error.failure
        case let error as LockBusy:
            Failure(.temporary, "\(error.name) is being worked on by another process; try again")
        default: nil
        }
    }
}
