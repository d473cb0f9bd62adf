import Bytes
import Command
import Records
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// Which enrollments the job works on, and in which order.
@Suite("Selection of enrollments")
struct RetrySelectionTests {
    @Test(
        "due are active learners' enrollments that are not there, old enough and not given up; source and dead runs too",
        arguments: Engine.everyRoute)
    func due(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                try session.insertRun(2, key: "course-v1:MITx+2+R", live: false, isSource: true)
                try session.insertRun(3, key: "course-v1:MITx+3+R")
                try session.insertRun(4, key: "course-v1:MITx+4+R")
                try session.insertRun(5, key: "course-v1:MITx+5+R")
                try session.insertRun(6, key: "course-v1:MITx+6+R")
                try session.insertLearner(12, email: "gone@example.org", isActive: false)
                try session.insertEnrollment(1, user: 11, run: 1, retries: 2)
                try session.insertEnrollment(2, user: 11, run: 2, createdOn: "2026-09-14T01:00:00Z")
                try session.insertEnrollment(3, user: 11, run: 3)
                try session.insertEnrollment(4, user: 11, run: 4, edxEnrolled: true)
                try session.insertEnrollment(5, user: 11, run: 5, retries: 5)
                try session.insertEnrollment(6, user: 11, run: 6, active: false)
                try session.insertEnrollment(7, user: 12, run: 1)
            }
            let now = stage.clock.now
            let due = try await stage.database.read { session in
                try PendingEnrollments.due(at: now, in: &session).map(\.id)
            }
            #expect(due == [3, 2, 1], "the fewest failures first, then the oldest")
            let backlog = try await stage.database.read { session in
                try RetryEnrollments.backlog(at: now, in: &session)
            }
            #expect(backlog == Backlog(count: 3, oldest: try Timestamp(fixture: "2026-09-14T00:00:00Z")))
        }
    }

    @Test("who left is looked at between five minutes and seven days after it", arguments: Engine.allCases)
    func leaving(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                let rows: [(status: String?, at: String)] = [
                    ("unenrolled", "2026-09-15T11:55:00Z"), ("unenrolled", "2026-09-15T11:54:59Z"),
                    ("refunded", "2026-09-08T12:00:01Z"), ("refunded", "2026-09-08T12:00:00Z"),
                    ("deferred", "2026-09-15T11:00:00Z"), (nil, "2026-09-15T11:00:00Z"),
                ]
                for (index, row) in rows.enumerated() {
                    try session.insertRun(10 + index, key: "course-v1:MITx+\(index)+R")
                    try session.insertEnrollment(
                        index + 1, user: 11, run: 10 + index, active: false, edxEnrolled: true,
                        changeStatus: row.status,
                        updatedOn: row.at)
                }
            }
            let now = stage.clock.now
            let due = try await stage.database.read { session in try PendingEnrollments.due(at: now, in: &session) }
            #expect(due.map(\.id) == [2, 3])
            #expect(due.allSatisfy { $0.isLeaving })
        }
    }

    @Test("a fake run is marked enrolled, or left, without a call", arguments: Engine.allCases)
    func fakeRun(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                try session.insertRun(2, key: "course-v1:MITx+F+R", tag: "fake-1")
                try session.insertRun(3, key: "course-v1:MITx+G+R", tag: "fake-2")
                try session.insertEnrollment(1, user: 11, run: 2)
                try session.insertEnrollment(
                    2, user: 11, run: 3, active: false, edxEnrolled: true, changeStatus: "unenrolled",
                    updatedOn: "2026-09-15T11:00:00Z")
            }
            try await stage.expectRun("selected 2, enrolled 1, unenrolled 1")
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test("a limit takes the first of those that are due")
    func limit() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                for id in 1...5 {
                    try session.insertRun(10 + id, key: "course-v1:MITx+\(id)+R")
                    try session.insertEnrollment(id, user: 11, run: 10 + id, retries: 5 - id)
                }
            }
            for id in 1...5 { stage.lms.add(LMSCourse("course-v1:MITx+\(id)+R")) }
            #expect(try await stage.run(limit: 2).counts == "selected 2, enrolled 2")
            #expect(try await stage.enrollment(5)?.contains("edx") == true)
            #expect(try await stage.enrollment(4)?.contains("edx") == true)
            try await stage.expectRun("selected 3, enrolled 3")
        }
    }

    @Test("what an operator chooses is tried whatever its age and failures; with force also what is said to be there")
    func choice() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertRun(2, key: "course-v1:MITx+2+R")
                try session.insertEnrollment(1, user: 11, run: 1, retries: 5, createdOn: "2026-09-15T11:59:00Z")
                try session.insertEnrollment(2, user: 11, run: 2, edxEnrolled: true)
            }
            stage.lms.add(LMSCourse("course-v1:MITx+2+R"))
            let learner = PendingEnrollments.Choice(users: [11], runKey: nil)
            let rehearsal = try await stage.run(choice: learner, isDryRun: true)
            #expect(rehearsal.counts == "selected 1")
            #expect(stage.told.all == ["enroll enrollment 1 in course-v1:MITx+6.00x+3T2026 as audit"])
            #expect(stage.lms.effects.isEmpty)
            #expect(try await stage.run(choice: learner).counts == "selected 1, enrolled 1")
            let run = PendingEnrollments.Choice(users: nil, runKey: "course-v1:MITx+2+R")
            #expect(try await stage.run(choice: run).counts == "")
            #expect(try await stage.run(choice: run, enrolledToo: true).counts == "selected 1, enrolled 1")
            #expect(stage.lms.enrollment(of: "ada_l", in: "course-v1:MITx+2+R")?.isActive == true)
            #expect(try await stage.audits(2) == 0, "the row said so already")
        }
    }
}
