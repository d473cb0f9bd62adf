import Bytes
import Command
import Flows
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// What can be wrong with what Open edX tells of runs (`spec/openedx.md` §7.1), and what a run of the job leaves when it is killed.
@Suite("Run sync: bad input, deaths, purges")
struct CourseRunEdgeTests {
    private static let unchanged =
        "Run self live start=2026-09-01 end=2026-12-20 certificates=2026-12-20 2026-01-01"

    /// What is the matter with the one run, and what of it is left in the log.
    private func expectProblem(
        _ engine: Engine, counts: String, line: String, problem: String, language: String = "",
        expiration: String? = nil, _ change: (inout LMSCourseFacts) -> Void
    ) async throws {
        try await withCourseStage(engine, expiration: expiration) { stage async throws in
            try await stage.stage.write { session in
                try session.execute("UPDATE courses_courserun SET language = \(language)")
                try session.insertCourseRun(2, course: 1, key: "course-v1:MITx+6.00x+2T", tag: "2T")
            }
            stage.tell(CourseStage.run, change)
            stage.tell("course-v1:MITx+6.00x+2T") { $0.name = "Other" }
            let outcome = try await stage.sync()
            #expect(outcome.counts == counts)
            #expect(outcome.status == .partly)
            #expect(try await stage.line() == line)
            #expect(try await stage.line(2)?.hasPrefix("Other ") == true)
            let told = stage.log.lines(of: "item_postponed")
            #expect(told.map { $0["problem"]?.string } == [problem])
            #expect(told.map { $0["item"]?.string } == ["run \(CourseStage.run)"])
        }
    }

    // The existing application counts a failure and takes over nothing.
    @Test("a run without a name keeps its title, counts as failed, and gets its dates", arguments: Engine.allCases)
    func noName(engine: Engine) async throws {
        for name in [nil, ""] {
            try await expectProblem(
                engine, counts: "selected 2, updated 2, failed 1",
                line: "Run self live start=2026-09-01 end=2027-01-10 certificates=2027-01-10 2026-09-15",
                problem: "Open edX: the course has no name; its title stays"
            ) { facts in
                facts.name = name
                facts.end = "2027-01-10T00:00:00Z"
            }
        }
    }

    @Test("a title that is too long, or has a null character, changes nothing", arguments: Engine.allCases)
    func title(engine: Engine) async throws {
        for name in [String(repeating: "ü", count: 256), "a\0b"] {
            try await expectProblem(
                engine, counts: "selected 2, updated 1, failed 1", line: Self.unchanged,
                problem: "the title is longer than 255 characters, or holds a null character"
            ) { facts in
                facts.name = name
                facts.end = "2027-01-10T00:00:00Z"
            }
        }
    }

    @Test("an instant that is none changes nothing, and is not quoted", arguments: Engine.allCases)
    func instant(engine: Engine) async throws {
        try await expectProblem(
            engine, counts: "selected 2, updated 1, failed 1", line: Self.unchanged,
            problem: "Open edX: enrollment_end is no instant"
        ) { facts in
            facts.enrollmentEnd = "next week"
            facts.name = "New"
        }
    }

    @Test(
        "what is wrong here is told when something else changes: an unknown language, an expiration before the end",
        arguments: Engine.allCases)
    func invalidHere(engine: Engine) async throws {
        try await expectProblem(
            engine, counts: "selected 2, updated 1, failed 1", line: Self.unchanged,
            problem: "language is not a known code", language: "xx"
        ) { $0.name = "New" }
        try await expectProblem(
            engine, counts: "selected 2, updated 1, failed 1",
            line: "Run self live start=2026-09-01 end=2026-12-20 certificates=2026-12-20 expires=2026-10-01 2026-01-01",
            problem: "expiration_date is before the start or the end", expiration: "2026-10-01T00:00:00Z"
        ) { $0.name = "New" }
    }

    @Test("runs that vanished or are hidden at Open edX are told once together, and stay", arguments: Engine.allCases)
    func missing(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            try await stage.stage.write { session in
                try session.insertCourseRun(2, course: 1, key: "course-v1:MITx+6.00x+2T", tag: "2T")
            }
            stage.tell { $0.isHidden = true }
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 2, missing 2")
            #expect(outcome.status == .done)
            let told = stage.log.lines(of: "runs_missing")
            #expect(told.map { $0["runs"]?.string } == ["\(CourseStage.run), course-v1:MITx+6.00x+2T"])
            #expect(try await stage.line() == Self.unchanged)
        }
    }

    @Test("pages are read to the last, whatever address the LMS gives for the next", arguments: Engine.allCases)
    func pages(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            stage.lms.update { $0.coursePageSize = 2 }
            let keys = (2...6).map { "course-v1:MITx+6.00x+R\($0)" }
            try await stage.stage.write { session in
                for (index, key) in keys.enumerated() {
                    try session.insertCourseRun(index + 2, course: 1, key: key, tag: "R\(index + 2)")
                }
            }
            for key in keys { stage.tell(key) { $0.pacing = "instructor" } }
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 6, updated 5, unchanged 1")
            #expect(stage.lms.count(.courseList) == 3)
            #expect(stage.lms.strays.isEmpty)
        }
    }

    @Test("a service worker that is refused, or whose name is none, stops the run with 78", arguments: [401, 403, 404])
    func refused(status: Int) async throws {
        try await withCourseStage(.sqlite) { stage async throws in
            stage.lms.fault(.status(status), on: .courseList, times: .max)
            let error = await #expect(throws: Failure.self) { _ = try await stage.sync() }
            #expect(error?.status == .configuration)
            #expect(stage.lms.count(.courseList) == 1)
            let line = try await stage.line()
            #expect(line == Self.unchanged)
        }
    }

    @Test("an LMS that is down ends the run with 69, and no batch is divided for that")
    func down() async throws {
        try await withCourseStage(.sqlite) { stage async throws in
            stage.lms.fault(.refused, on: .courseList, times: .max)
            let error = await #expect(throws: Failure.self) { _ = try await stage.sync() }
            #expect(error?.status == .unavailable)
            #expect(stage.lms.count(.courseList) == 3)
        }
    }

    @Test("a dry run tells what it would do, and changes nothing", arguments: Engine.allCases)
    func dry(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            stage.tell { $0.name = "New" }
            let outcome = try await stage.sync(isDryRun: true)
            #expect(outcome.counts == "selected 1, updated 1")
            #expect(stage.stage.told.all == ["update run \(CourseStage.run)"])
            #expect(try await stage.line() == Self.unchanged)
            #expect(try await stage.outbox(doneToo: true) == [])
            #expect(stage.fastly.requestCount == 0)
        }
    }

    @Test("an operator's --all also takes runs of tests, --run any but sources", arguments: Engine.allCases)
    func chosen(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            let (fake, hidden) = ("course-v1:MITx+6.00x+fake-1", "course-v1:MITx+6.00x+H")
            try await stage.stage.write { session in
                try session.insertCourseRun(2, course: 1, key: fake, tag: "fake-1")
                try session.insertCourseRun(3, course: 1, key: hidden, tag: "H", live: false)
                try session.insertCourseRun(4, course: 1, key: "course-v1:MITx+6.00x+S", tag: "S", isSource: true)
            }
            for key in [fake, hidden] { stage.tell(key) { $0.name = "New" } }
            #expect(try await stage.sync(.all).counts == "selected 2, updated 1, unchanged 1")
            let outcome = try await stage.sync(.named([hidden]))
            #expect(outcome.counts == "selected 1, updated 1")
            let error = await #expect(throws: Failure.self) {
                _ = try await stage.sync(.named(["course-v1:MITx+6.00x+S"]))
            }
            #expect(error?.status == .data)
        }
    }

    // MARK: Purges

    // The existing application purges at each save, tries once, and forgets.
    @Test("a purge is tried three times, then waits in the outbox for the next who sends", arguments: Engine.allCases)
    func purge(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            stage.fastly.fail(with: [503, 503, 503])
            stage.tell { $0.name = "New" }
            let outcome = try await stage.sync()
            #expect(outcome.status == .done)
            #expect(stage.fastly.requestCount == 3)
            #expect(try await stage.outbox() == ["purge \(CourseStage.purge)"])
            stage.stage.clock.advance(by: .seconds(60))
            _ = try await stage.sync()
            #expect(stage.fastly.purged == [CourseStage.purge])
            #expect(try await stage.outbox() == [])
        }
    }

    @Test("without a service at Fastly nothing waits for it, and that is told")
    func noFastly() async throws {
        try await withCourseStage(.sqlite, hasFastly: false) { stage async throws in
            stage.tell { $0.name = "New" }
            let outcome = try await stage.sync()
            #expect(outcome.counts == "selected 1, updated 1")
            #expect(try await stage.outbox(doneToo: true) == [])
            #expect(stage.log.lines(of: "purge_skipped").count == 1)
        }
    }

    @Test("a purge that is noted while another is under way is sent once more", arguments: Engine.allCases)
    func purgeUnderWay(engine: Engine) async throws {
        try await withCourseStage(engine) { stage async throws in
            let now = stage.stage.clock.now
            let database = stage.stage.database
            try await database.write { try CachePurges.note([CourseStage.purge], at: now, in: &$0) }
            let later = now + .seconds(3600)
            let claimed = try await database.write {
                try Queue.outbox.claim("purge", limit: 9, for: .seconds(60), at: later, in: &$0)
            }
            let entry = try #require(claimed.first)
            try await database.write { try CachePurges.note([CourseStage.purge], at: later, in: &$0) }
            let isDone = try await database.write { try Queue.outbox.finish(entry, at: later, in: &$0) }
            #expect(!isDone)
            #expect(try await stage.outbox() == ["purge \(CourseStage.purge)"])
        }
    }

    // MARK: Deaths

    @Test(
        "killed at any point and run again, the runs and purges are those of an undisturbed run",
        arguments: Engine.allCases)
    func deaths(engine: Engine) async throws {
        func world(_ death: Death) async throws -> (state: [String?], hasDied: Bool) {
            var state: [String?] = []
            try await withCourseStage(engine) { stage async throws in
                try await stage.stage.write { session in
                    try session.insertCourse(2, "course-v1:MITx+7.00x")
                    try session.insertCourseRun(2, course: 2, key: "course-v1:MITx+7.00x+2T", tag: "2T")
                    try session.insertCourseRun(3, course: 2, key: "course-v1:MITx+7.00x+3T", tag: "3T")
                }
                for key in [CourseStage.run, "course-v1:MITx+7.00x+2T", "course-v1:MITx+7.00x+3T"] {
                    stage.tell(key) { $0.name = "New" }
                }
                _ = try? await stage.sync(checkpoint: death.pass)
                // Longer than whoever died may have held the lease and the purges.
                stage.stage.clock.advance(by: .seconds(900))
                _ = try await stage.sync()
                for id in 1...3 { state.append(try await stage.line(id)) }
                state += try await stage.outbox().map { $0 }
                state += Set(stage.fastly.purged).sorted()
            }
            return (state, death.isDead)
        }
        let undisturbed = try await world(Death(at: nil)).state
        #expect(undisturbed.count == 5)
        var deaths = 0
        for point in EnginePoints.all {
            for pass in 1...20 {
                let (state, hasDied) = try await world(Death(at: point, pass: pass))
                #expect(state == undisturbed, "\(point) \(pass)")
                guard hasDied else { break }
                deaths += 1
            }
        }
        #expect(deaths >= 8)
    }
}
