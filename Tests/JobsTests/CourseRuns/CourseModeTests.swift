import Bytes
import Command
import Flows
import Store
import Support
import Testing

@testable import Jobs

/// Modes, upgrade deadlines and the import of runs (`spec/openedx.md` §7.2 to §7.4).
@Suite("Modes and import of course runs")
struct CourseModeTests {
    private static let imported = "course-v1:MITx+8.01x+1T2027"

    @Test(
        "the end of the verified mode becomes the upgrade deadline, none included, and is written only when it differs")
    func deadlines() async throws {
        for engine in Engine.allCases {
            try await withCourseStage(engine) { stage in
                try await stage.stage.write { session in
                    try session.execute("UPDATE courses_courserun SET upgrade_deadline = end_date")
                }
                stage.lms.update {
                    $0.courses[CourseStage.run]?.modeDetails["verified"] = LMSMode(
                        "Verified", minimalPrice: 10, expiration: "2026-10-15T23:59:00Z")
                }
                #expect(try await stage.run(.deadlines(.all)).counts == "selected 1, updated 1")
                #expect(try await stage.line()?.contains("upgrade=2026-10-15") == true)
                #expect(try await stage.modes() == ["audit Audit free", "verified Verified paid"])
                #expect(stage.fastly.purged == [CourseStage.purge])
                #expect(try await stage.run(.deadlines(.all)).counts == "selected 1, unchanged 1")
                stage.lms.update { $0.courses[CourseStage.run]?.modeDetails["verified"]?.expiration = nil }
                #expect(try await stage.run(.deadlines(.all)).counts == "selected 1, updated 1")
                let line = try await stage.line()
                #expect(line?.contains("upgrade") == false)
                #expect(stage.fastly.requestCount == 2)
            }
        }
    }

    @Test("a run that Open edX does not have is told, and the others go on", arguments: Engine.allCases)
    func vanished(engine: Engine) async throws {
        try await withCourseStage(engine) { stage in
            try await stage.stage.write { session in
                try session.insertCourseRun(2, course: 1, key: "course-v1:MITx+6.00x+Away", tag: "Away")
            }
            let outcome = try await stage.run(.deadlines(.all))
            #expect(outcome.counts == "selected 2, updated 1, failed 1")
            #expect(outcome.status == .partly)
            let problem = stage.log.lines(of: "item_refused").first?["problem"]?.string
            #expect(problem?.hasSuffix("course mode not found: Open edX has no such run") == true)
        }
    }

    @Test("modes that a run lacks are created at Open edX once, and linked here", arguments: Engine.allCases)
    func check(engine: Engine) async throws {
        try await withCourseStage(engine) { stage in
            stage.lms.update { $0.courses[CourseStage.run]?.modes = ["honor"] }
            try await stage.stage.write { session in
                try session.execute("UPDATE courses_courserun SET upgrade_deadline = end_date")
            }
            let dry = try await stage.run(.modes(.named([CourseStage.run])), isDryRun: true)
            #expect(dry.counts == "selected 1, updated 1")
            #expect(try await stage.modes() == [])
            let outcome = try await stage.run(.modes(.named([CourseStage.run])))
            #expect(outcome.counts == "selected 1, updated 1")
            #expect(
                stage.lms.effects == [
                    .courseModeCreated("audit", run: CourseStage.run, price: 0),
                    .courseModeCreated("verified", run: CourseStage.run, price: 10),
                ])
            let verified = stage.lms.state.courses[CourseStage.run]?.modeDetails["verified"]
            #expect(
                verified
                    == LMSMode(
                        "Verified", minimalPrice: 10, expiration: "2026-12-20T23:30:00Z", description: "Verified"))
            #expect(try await stage.modes() == ["audit Audit free", "honor Honor free", "verified Verified paid"])
            #expect(try await stage.run(.modes(.all)).counts == "selected 1, unchanged 1")
        }
    }

    @Test("a creation whose answer is lost is found by the next run, and not repeated", arguments: Engine.allCases)
    func lostAnswer(engine: Engine) async throws {
        try await withCourseStage(engine) { stage in
            stage.lms.update { $0.courses[CourseStage.run]?.modes = ["audit"] }
            stage.lms.fault(.resetAfterApplying, on: .modeCreation)
            let outcome = try await stage.run(.modes(.all))
            #expect(outcome.counts == "selected 1, failed 1")
            #expect(try await stage.run(.modes(.all)).counts == "selected 1, updated 1")
            #expect(stage.lms.effects == [.courseModeCreated("verified", run: CourseStage.run, price: 10)])
            #expect(try await stage.modes() == ["audit Audit free", "verified Verified paid"])
        }
    }

    @Test("an import adds run, course, modes, product and countries at once", arguments: Engine.allCases)
    func addition(engine: Engine) async throws {
        try await withCourseStage(engine) { stage in
            stage.tell(Self.imported) { facts in
                facts.name = "Classical Mechanics"
                facts.start = "2027-01-10T00:00:00Z"
            }
            try await stage.prepareImport()
            var wishes = CourseImport.Wishes()
            wishes.price = Decimal64("75.00", scale: 2)
            wishes.blockedCountries = ["CU", "IR"]
            wishes.departments = ["Physics"]
            wishes.isLive = true
            let dry = try await stage.run(.addition([Self.imported], wishes), isDryRun: true)
            #expect(dry.counts == "selected 1, added 1")
            #expect(try await stage.counts() == [1, 1, 0, 0, 0, 0])
            let outcome = try await stage.run(.addition([Self.imported], wishes))
            #expect(outcome.counts == "selected 1, added 1")
            #expect(try await stage.counts() == [2, 2, 2, 1, 2, 1])
            #expect(stage.fastly.purged == ["mitxonline:course:course-v1:MITx+8.01x"])
            #expect(try await stage.stage.count("dirty") == 1)
            let again = try await stage.run(.addition([Self.imported], wishes))
            #expect(again.counts == "selected 1, failed 1")
            #expect(try await stage.counts() == [2, 2, 2, 1, 2, 1])
        }
    }

    @Test("what cannot be imported is told in one line each, and nothing of it is written", arguments: Engine.allCases)
    func refusedAdditions(engine: Engine) async throws {
        try await withCourseStage(engine) { stage in
            try await stage.prepareImport()
            let key = Self.imported
            @Sendable func added(_ suffix: String) -> String { "course-v1:MITx+8.01x+\(suffix)" }
            stage.tell(added("nameless")) { $0.name = nil }
            stage.tell(added("undated")) { $0.start = "soon" }
            stage.tell(added("long")) { $0.name = String(repeating: "x", count: 256) }
            stage.tell(key) { $0.name = "Classical Mechanics" }
            try await stage.stage.write { session in
                try session.insertCourseRun(2, course: 1, key: added("source"), tag: "S", isSource: true)
            }
            var wishes = CourseImport.Wishes()
            wishes.departments = ["Alchemy"]
            let keys = ["no key"] + ["source", "away", "nameless", "undated", "long"].map(added) + [key]
            let outcome = try await stage.run(.addition(keys, wishes))
            #expect(outcome.counts == "selected 7, failed 7")
            let told = stage.log.lines(of: "item_postponed").map { $0["problem"]?.string ?? "" }
            #expect(
                told == [
                    "it is not the key of a course run",
                    "there is a course run of that key already, perhaps as a source",
                    "Open edX has no such run, or does not show it to the service worker",
                    "Open edX: the course has no name", "Open edX: start is no instant",
                    "the title is longer than 255 characters, or holds a null character",
                    "there is no department of the name that is number 1 of the list",
                ])
            #expect(try await stage.counts() == [1, 2, 0, 0, 0, 0])
        }
    }
}

extension CourseStage {
    /// An operator's errand.
    fileprivate func run(_ errand: CourseRunErrand.Errand, isDryRun: Bool = false) async throws -> Outcome {
        try await stage.run(isDryRun: isDryRun, isByHand: true, transport: transport) {
            try CourseRunErrand($0, errand)
        }
    }

    fileprivate func modes() async throws -> [String] {
        try await stage.database.read { session in
            let sql: SQL = """
                SELECT m.mode_slug, m.mode_display_name, m.requires_payment FROM courses_enrollmentmode m
                JOIN courses_courserun_enrollment_modes l ON l.enrollmentmode_id = m.id
                WHERE l.courserun_id = 1 ORDER BY m.mode_slug
                """
            return try session.rows(sql) { row in
                let (slug, name): (String, String) = (try row["mode_slug"], try row["mode_display_name"])
                let isPaid: Bool = try row["requires_payment"]
                return "\(slug) \(name) \(isPaid ? "paid" : "free")"
            }
        }
    }

    fileprivate func prepareImport() async throws {
        try await stage.write { session in
            let then = try Timestamp(fixture: "2026-01-01T00:00:00Z")
            // The rows of the stage have ids that the server did not give.
            if session.dialect == .postgres {
                for table in ["courses_course", "courses_courserun"] {
                    try session.forEach("SELECT setval(pg_get_serial_sequence(\(table), 'id'), 1000)") { _ in }
                }
            }
            try session.execute(
                """
                INSERT INTO courses_department (created_on, updated_on, name, slug)
                VALUES (\(then), \(then), 'Physics', 'physics')
                """)
            try session.execute(
                "INSERT INTO django_content_type (app_label, model) VALUES ('courses', 'courserun') ON CONFLICT DO NOTHING"
            )
        }
    }

    /// How many rows the tables have that an import adds to.
    fileprivate func counts() async throws -> [Int] {
        try await stage.database.read { session in
            let tables = [
                "courses_course", "courses_courserun", "courses_courserun_enrollment_modes",
                "courses_course_departments", "courses_blockedcountry", "ecommerce_product",
            ]
            var counts: [Int] = []
            for table in tables { counts.append(try session.count(table)) }
            return counts
        }
    }
}
