import Bytes
import Command
import Store
import Support
import Testing

@testable import Jobs

/// The acceptance cases of the run sync (`spec/openedx.md` §18).
@Suite("Run sync")
struct SyncCourseRunsTests {
    private static let unchanged =
        "Run self live start=2026-09-01 end=2026-12-20 certificates=2026-12-20 2026-01-01"

    @Test(
        "EDX-49 a run that Open edX has as it is here is not written, and nothing is purged", arguments: Engine.allCases
    )
    func same(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 1, unchanged 1")
            #expect(try await stage.line() == Self.unchanged)
            #expect(try await stage.outbox(doneToo: true) == [])
            #expect(stage.fastly.requestCount == 0)
            let request = try #require(stage.lms.received.first)
            #expect(request.parameter("username") == "login_service_user")
            #expect(request.target.contains("course_keys=course-v1%3AMITx%2B6.00x%2B3T2026"))
        }
    }

    @Test(
        "EDX-50 an end of enrollment that Open edX does not have goes here too, nothing else is touched, and the course is purged once",
        arguments: Engine.allCases)
    func nulls(engine: Engine) async throws {
        try await withCourseStage(engine, enrollmentEnd: "2026-10-01T00:00:00Z") { stage async throws in
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 1, updated 1")
            #expect(
                try await stage.line()
                    == "Run self live start=2026-09-01 end=2026-12-20 certificates=2026-12-20 2026-09-15")
            #expect(stage.fastly.purged == [CourseStage.purge])
            #expect(try await stage.outbox() == [])
            let again = try await stage.sync()
            #expect(again.counts == "selected 1, unchanged 1")
            #expect(stage.fastly.requestCount == 1)
        }
    }

    @Test("EDX-51 without a date for certificates they are shown from the end of the run", arguments: Engine.allCases)
    func certificates(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            try await stage.stage.write { session in
                try session.execute("UPDATE courses_courserun SET certificate_available_date = NULL")
            }
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 1, updated 1")
            let date = try await stage.stage.database.read { session in
                let sql: SQL = "SELECT certificate_available_date AS date FROM courses_courserun"
                return try session.first(sql) { row in try row["date"] as Timestamp }
            }
            #expect(date == Timestamp("2026-12-20T23:30:00Z"))
            // What staff set by hand is lost, in the existing application as here.
            stage.tell { $0.certificateAvailable = "2027-01-05T00:00:00Z" }
            _ = try await stage.sync()
            #expect(try await stage.line()?.contains("certificates=2027-01-05") == true)
        }
    }

    // The existing application takes the expiration away whenever a date changes.
    @Test(
        "EDX-52 EDX-53 an expiration that new dates make come too early is taken away, a later one stays",
        arguments: Engine.allCases)
    func expiration(engine: Engine) async throws {
        for (expiration, left) in [("2026-12-25", ""), ("2027-06-01", " expires=2027-06-01")] {
            try await withCourseStage(engine, expiration: "\(expiration)T00:00:00Z") { stage async throws in
                stage.tell { $0.end = "2027-01-10T00:00:00Z" }
                let outcome = try await stage.sync()
                #expect(outcome.counts == "selected 1, updated 1")
                let dates = "start=2026-09-01 end=2027-01-10 certificates=2027-01-10"
                #expect(try await stage.line() == "Run self live \(dates)\(left) 2026-09-15")
            }
        }
    }

    @Test(
        "EDX-54 runs of tests, sources, hidden and expired runs are not selected, and a key that is none is only told",
        arguments: Engine.allCases)
    func selection(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            try await stage.stage.write { session in
                try session.execute("DELETE FROM courses_courserun")
                func key(_ run: String) -> String { "course-v1:MITx+6.00x+\(run)" }
                try session.insertCourseRun(1, course: 1, key: key("fake-2"), tag: "fake-2")
                try session.insertCourseRun(2, course: 1, key: key("SOURCE"), tag: "SOURCE")
                try session.insertCourseRun(3, course: 1, key: key("1T2026"), tag: "1T2026", live: false)
                try session.insertCourseRun(4, course: 1, key: key("2T"), tag: "2T", expiration: "2026-09-01T00:00:00Z")
                try session.insertCourseRun(5, course: 1, key: "bad key", tag: "5T")
            }
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 1, invalid_keys 1, failed 1")
            #expect(outcome.status == .partly)
            #expect(stage.lms.requestCount == 0)
            #expect(stage.log.lines(of: "invalid_keys").map { $0["runs"]?.string } == ["bad key"])
        }
    }

    // The existing application stops at the first batch that is refused.
    @Test(
        "EDX-55 a batch that is refused is divided until the keys to blame stand alone; all others are brought up to date",
        arguments: Engine.allCases)
    func bisection(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            let keys = (1...230).map { "course-v1:MITx+6.00x+R\($0)" }
            try await stage.stage.write { session in
                try session.execute("DELETE FROM courses_courserun")
                for (index, key) in keys.enumerated() {
                    try session.insertCourseRun(index + 1, course: 1, key: key, tag: "R\(index + 1)")
                }
            }
            for key in keys { stage.tell(key) { $0.name = "New" } }
            let poisonous = [keys[120], keys[177]]
            stage.lms.fault(.status(400), on: .courseList, times: .max) { request in
                request.query.contains { $0.name == "course_keys" && poisonous.contains($0.value) }
            }
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 230, updated 228, failed 2")
            #expect(outcome.status == .partly)
            let old = try await stage.stage.database.read { session in
                let sql: SQL = "SELECT courseware_id AS key FROM courses_courserun WHERE title = 'Run' ORDER BY id"
                return try session.rows(sql) { row in try row["key"] as String }
            }
            #expect(old == poisonous)
            #expect(stage.lms.count(.courseList) <= 2 + 2 * 14 + 1)
            #expect(stage.fastly.purged == [CourseStage.purge])
        }
    }

    // The existing application writes the row back as it was before the call.
    @Test(
        "EDX-56 a run that staff hides while Open edX is asked stays hidden, and gets its dates all the same",
        arguments: Engine.allCases)
    func lostUpdate(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            stage.tell { $0.end = "2027-01-10T00:00:00Z" }
            stage.lms.before(.courseList) { [jobs = stage.stage] _ in
                try? await jobs.write { session in
                    try session.execute("UPDATE courses_courserun SET live = false, upgrade_deadline = start_date")
                }
            }
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 1, updated 1")
            let dates = "start=2026-09-01 end=2027-01-10 certificates=2027-01-10 upgrade=2026-09-01"
            #expect(try await stage.line() == "Run self hidden \(dates) 2026-09-15")
        }
    }
}
