import Bytes
import Command
import HTTP
import Store
import Support
import Worker

@testable import Jobs

/// A job stage with Fastly, course C1 of the acceptance cases, and its run R1, which the LMS has as it is here.
struct CourseStage: Sendable {
    static let run = FakeLMS.run
    static let course = "course-v1:MITx+6.00x"
    static let purge = "mitxonline:course:\(course)"

    let stage: JobStage
    let fastly = FakeFastly()

    var lms: FakeLMS { stage.lms }
    var log: RecordedLog { stage.log }

    var transport: any Transport { fastly.transport(beside: lms.transport()) }

    /// A run of the job as its timer starts it.
    func sync(
        isDryRun: Bool = false, limit: Int? = nil, checkpoint: @escaping Checkpoint = { _ in },
        _ selection: SyncCourseRuns.Selection = .current
    ) async throws -> Outcome {
        try await stage.run(limit: limit, isDryRun: isDryRun, checkpoint: checkpoint, transport: transport) {
            try SyncCourseRuns($0, selection)
        }
    }

    /// Changes what the LMS tells of a run.
    func tell(_ key: String = run, _ change: (inout LMSCourseFacts) -> Void) {
        lms.update { state in
            var course = state.courses[key] ?? LMSCourse(key)
            change(&course.facts)
            state.courses[key] = course
        }
    }

    func line(_ id: Int = 1) async throws -> String? {
        try await stage.database.read { session in try session.courseRunLine(id) }
    }

    func outbox(doneToo: Bool = false) async throws -> [String] {
        try await stage.database.read { session in try session.outboxLines(doneToo: doneToo) }
    }
}

/// Runs `body` with run R1 in place: it begins on 2026-09-01 and ends on 2026-12-20, here and at the LMS, and expires then.
func withCourseStage(
    _ engine: Engine, enrollmentEnd: String? = nil, expiration: String? = nil, hasFastly: Bool = true,
    environment: [String: String] = [:], _ body: (CourseStage) async throws -> Void
) async throws {
    var variables = [
        "OPENEDX_SERVICE_WORKER_USERNAME": "login_service_user", "MITX_ONLINE_FASTLY_URL": FakeFastly.origin,
    ]
    if hasFastly {
        variables["MIT_LEARN_FASTLY_SERVICE_ID"] = FakeFastly.service
        variables["MITX_ONLINE_FASTLY_AUTH_TOKEN"] = FakeFastly.token
    }
    try await withJobStage(engine, environment: variables.merging(environment) { _, new in new }) { jobs in
        let stage = CourseStage(stage: jobs)
        try await jobs.write { session in
            try session.insertCourse(1, CourseStage.course)
            try session.insertCourseRun(
                1, course: 1, key: CourseStage.run, start: "2026-09-01T14:00:00Z", end: "2026-12-20T23:30:00Z",
                enrollmentEnd: enrollmentEnd, expiration: expiration)
        }
        stage.tell { facts in
            facts.start = "2026-09-01T14:00:00Z"
            facts.end = "2026-12-20T23:30:00Z"
        }
        try await body(stage)
    }
}
