import Command
import Worker

/// Issues the program certificates that nothing else has issued.
struct GenerateProgramCertificates: ConfiguredJob {
    static let name: JobName = "generate-program-certificates"
    static let summary = "Issues the program certificates that nothing else has issued"
    static let schedule = Schedule("*-*-* 02:00:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.processed, .created, .ineligible, .failed]
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
    static let processed = Counter("processed")
    /// TODO
    static let created = Counter("created")
    /// TODO
    static let ineligible = Counter("ineligible")
}
