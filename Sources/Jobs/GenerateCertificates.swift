import Command
import Worker

/// Takes over grades from Open edX, and issues the course certificates that they earn.
struct GenerateCertificates: ConfiguredJob {
    static let name: JobName = "generate-certificates"
    static let summary = "Takes over grades from Open edX, and issues the course certificates that they earn"
    static let schedule = Schedule("*-*-* *:00:00 UTC", every: .seconds(3600))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [
        .runs, .runsFailed, .gradesCreated, .gradesUpdated, .unknownUsers, .certificatesCreated, .certificatesDeleted,
        .certificatesRevoked, .certificatesFailed, .credentialsIssued,
    ]
    static let settings: [any AnySetting] = []

    private let resources: JobResources

    init(_ resources: JobResources) throws(Failure) {
        self.resources = resources
    }

    func run(_ context: JobContext) async throws {
    }
}

extension Counter {
    /// TODO
    static let runs = Counter("runs")
    /// TODO
    static let runsFailed = Counter("runs_failed")
    /// TODO
    static let gradesCreated = Counter("grades_created")
    /// TODO
    static let gradesUpdated = Counter("grades_updated")
    /// TODO
    static let unknownUsers = Counter("unknown_users")
    /// TODO
    static let certificatesCreated = Counter("certificates_created")
    /// TODO
    static let certificatesDeleted = Counter("certificates_deleted")
    /// TODO
    static let certificatesRevoked = Counter("certificates_revoked")
    /// TODO
    static let certificatesFailed = Counter("certificates_failed")
    /// TODO
    static let credentialsIssued = Counter("credentials_issued")
}
