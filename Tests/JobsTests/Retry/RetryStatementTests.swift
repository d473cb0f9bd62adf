import Bytes
import Foundation
import Store
import Support
import Testing

@testable import Jobs
@testable import Records

/// How many statements the retry job takes: so many for a run, one for a page, and for an enrollment what it writes of it.
@Suite("Statements of the retry of enrollments")
struct RetryStatementTests {
    /// The ledger and the lease at both ends, what is due, and what a killed run left open.
    private static let ofRun = 10
    /// What is to be known of the enrollments of a page.
    private static let ofPage = 1
    /// The lease, the row, its change, the audit row, the intent that there may have been.
    private static let ofKnown = 5
    /// The learner's lock at both ends; the lease, whether it is still wanted, the intent; then as above.
    private static let ofCall = 10
    /// The same up to the intent, which goes again; the lease, the counter, what was the matter.
    private static let ofRefusal = 10

    @Test(
        "a run with nothing to do takes ten statements, however many enrollments there are", arguments: Engine.allCases)
    func nothing(engine: Engine) async throws {
        for number in [0, 300] {
            try await withLearners(number, on: engine, edxEnrolled: true) { stage in
                let statements = try await stage.statements { try await stage.expectRun("") }
                #expect(statements == Self.ofRun)
            }
        }
        try await withLearners(30, on: engine, retries: 5) { stage in
            let statements = try await stage.statements { try await stage.expectRun("") }
            #expect(statements == Self.ofRun, "given up")
        }
    }

    @Test("what is due is found in one pass over the enrollments, and learners are looked up by their ids")
    func plans() async throws {
        let due = PendingEnrollments.selection(at: Timestamp(microseconds: 0), limit: nil)
        let sqlite = try await withDatabase(.sqlite) { test in
            try await test.database.read { session in
                try session.rows("EXPLAIN QUERY PLAN \(sql: due)") { row in try row["detail"] as String }
            }
        }
        // The list of statuses is a table too, of two rows.
        #expect(sqlite.filter { $0.hasPrefix("SCAN") && !$0.contains("json_each") } == ["SCAN e"])
        #expect(sqlite.filter { $0.hasPrefix("SEARCH u ") } == ["SEARCH u USING INTEGER PRIMARY KEY (rowid=?)"])
        let postgres = try await withDatabase(.postgres) { test in
            try await test.database.read { session in
                try session.rows("EXPLAIN \(sql: due)") { row in try row["QUERY PLAN"] as String }
            }
        }
        #expect(postgres.filter { $0.contains("on courses_courserunenrollment e ") }.count == 1)
        #expect(postgres.filter { $0.contains("on users_user u ") }.map { $0.contains("Index Scan") } == [true])
        #expect(!postgres.contains { $0.contains("Join") })
    }

    @Test("a run with nothing to do writes twice: each time a disk is waited for")
    func writes() async throws {
        try await withLearners(3, on: .sqlite, retries: 5) { stage in
            let before = try stage.writeCount()
            try await stage.expectRun("")
            let after = try stage.writeCount()
            #expect(after - before == 2)
        }
    }

    @Test("an enrollment that Open edX has already takes five statements", arguments: Engine.allCases)
    func known(engine: Engine) async throws {
        for number in [1, 3, 30] {
            try await withLearners(number, on: engine) { stage in
                for index in 1...number { stage.lms.add(Self.enrollment(of: index)) }
                let statements = try await stage.statements {
                    try await stage.expectRun("selected \(number), enrolled \(number)")
                }
                #expect(statements == Self.ofRun + Self.ofPage + number * Self.ofKnown)
                #expect(stage.lms.count(.enroll) == 0)
                #expect(stage.lms.count(.enrollmentList) == 1)
            }
        }
    }

    @Test(
        "an enrollment that takes a call takes ten statements, whatever else there is in the tables",
        arguments: Engine.allCases)
    func called(engine: Engine) async throws {
        for (number, others) in [(1, 0), (1, 300), (3, 0), (30, 0)] {
            try await withLearners(number, others: others, on: engine) { stage in
                let statements = try await stage.statements {
                    try await stage.expectRun("selected \(number), enrolled \(number)")
                }
                #expect(statements == Self.ofRun + Self.ofPage + number * Self.ofCall)
                #expect(stage.lms.count(.enroll) == number)
            }
        }
    }

    @Test("a failure for good takes ten statements", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        for number in [1, 3, 30] {
            try await withLearners(number, on: engine) { stage in
                stage.lms.fault(.status(400), on: .enroll, times: .max)
                let statements = try await stage.statements {
                    let outcome = try await stage.run()
                    #expect(outcome.counts == "selected \(number), permanent \(number)")
                }
                #expect(statements == Self.ofRun + Self.ofPage + number * Self.ofRefusal)
            }
        }
    }

    @Test("learners whose leaving Open edX did not learn take one statement more, for those that were given up")
    func leaving() async throws {
        for number in [1, 30] {
            try await withLearners(number, on: .sqlite, active: false, edxEnrolled: true) { stage in
                let statements = try await stage.statements {
                    try await stage.expectRun("selected \(number), unenrolled \(number)")
                }
                // Of each the failures are forgotten, which nothing but their own table counts.
                #expect(statements == Self.ofRun + 1 + Self.ofPage + number * (Self.ofKnown + 1))
            }
        }
    }

    @Test("five hundred enrollments are a page")
    func pages() async throws {
        for (number, pages) in [(500, 1), (501, 2)] {
            try await withLearners(number, on: .sqlite) { stage in
                for index in 1...number { stage.lms.add(Self.enrollment(of: index)) }
                let statements = try await stage.statements {
                    // So long that it is not renewed meanwhile, which would be a statement more.
                    try await stage.expectRun(
                        "selected \(number), enrolled \(number)", leaseLife: .seconds(86_400))
                }
                #expect(statements == Self.ofRun + pages * Self.ofPage + number * Self.ofKnown)
            }
        }
    }

    private static func enrollment(of index: Int) -> LMSEnrollment {
        LMSEnrollment(run: RetryStage.run, username: "learner_\(index)", mode: "audit")
    }

    /// Enrollments of one learner each in the run of the stage, whose accounts Open edX knows.
    private func withLearners(
        _ number: Int, others: Int = 0, on engine: Engine, active: Bool = true, edxEnrolled: Bool = false,
        retries: Int = 0, _ body: (RetryStage) async throws -> Void
    ) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                for index in 0..<number {
                    let learner = 1001 + index
                    try session.insertLearner(learner, email: "learner\(index + 1)@example.org")
                    try session.insertAccount(of: learner, "learner_\(index + 1)", isSynced: true)
                    try session.insertEnrollment(
                        1001 + index, user: learner, run: 1, active: active, edxEnrolled: edxEnrolled,
                        changeStatus: active ? nil : "unenrolled", retries: retries)
                }
                try Self.insertOthers(others, into: &session)
            }
            stage.lms.update { state in
                state.users += (0..<number).map { index in
                    LMSUser("learner_\(index + 1)", email: "learner\(index + 1)@example.org")
                }
            }
            try await body(stage)
        }
    }

    /// Enrollments that are nobody's business: known there, given up, or of learners who are not active.
    private static func insertOthers(_ number: Int, into session: inout Session) throws {
        for index in 0..<number {
            let learner = 5001 + index
            try session.insertLearner(learner, email: "other\(index)@example.org", isActive: index % 3 != 0)
            try session.insertEnrollment(
                5001 + index, user: learner, run: 1, edxEnrolled: index % 3 == 1, retries: index % 3 == 2 ? 5 : 0)
        }
    }
}

extension RetryStage {
    /// How many transactions have written into the file of SQLite so far, by the counter in its header.
    fileprivate func writeCount() throws -> Int {
        let header = try Data(contentsOf: URL(fileURLWithPath: String(locator.dropFirst("sqlite:".count)))).prefix(28)
        return header.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// How many statements `body` takes.
    fileprivate func statements(_ body: () async throws -> Void) async throws -> Int {
        let before = await database.statementCount
        try await body()
        return await database.statementCount - before
    }
}
