import Bytes
import Command
import Foundation
import Store
import Support
import Testing
import Worker

@testable import Jobs

@Suite("Runs of generate-certificates") struct CertificateRunTests {
    @Test(
        "Pages of a hundred are written one by one, each with the same number of statements", arguments: Engine.allCases
    )
    func statements(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            stage.lms.update { $0.pagingOrigin = "http://elsewhere.test" }
            var before = 0
            var taken: [Int] = []
            for number in [10, 100, 200] {
                try await stage.addBook(number)
                before = await stage.database.statementCount
                let outcome = try await stage.run()
                #expect(outcome.status == .done)
                taken.append(await stage.database.statementCount - before)
            }
            // Learners who are there already need no further statement, so that all pages are the same.
            #expect(taken[0] == taken[1], "\(taken)")
            #expect(taken[2] - taken[1] <= 14, "a page more: \(taken)")
            #expect(try await stage.count("courses_courseruncertificate") == 200)
            #expect(stage.lms.strays.isEmpty, "the next page's host is Open edX's own belief")
            #expect(stage.lms.received.allSatisfy { $0.target.contains("page_size=100") })
        }
    }

    @Test("A whole course at once, as of an old Open edX, is written by hundreds", arguments: [Engine.sqlite])
    func bare(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            stage.lms.update { $0.gradesAreBare = true }
            try await stage.addBook(250)
            try await stage.run()
            #expect(try await stage.count("courses_courseruncertificate") == 250)
            #expect(stage.lms.count(.grades) == 1)
        }
    }

    @Test("One learner who cannot be written does not cost the others theirs", arguments: Engine.allCases)
    func poisoned(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.addLearner(12)
            try await stage.addLearner(13)
            try await stage.write { session in try session.forbidCertificate(of: 12) }
            try await stage.expectRun(
                "runs 1, grades_created 2, certificates_created 2, certificates_failed 1", status: .partly)
            #expect(try await stage.certificate(of: 12) == nil)
            #expect(try await stage.grade(of: 12) == nil, "nothing is half written")
            #expect(try await stage.certificate(of: 13) != nil)
        }
    }

    @Test("A dry run says what it would do, and does nothing", arguments: Engine.allCases)
    func dry(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            try await stage.run(isDryRun: true)
            #expect(
                stage.base.told.all == [
                    "create the grade of learner 11 in run 1", "create the certificate of learner 11 in run 1",
                ])
            #expect(try await stage.written() == ["0 audits"])
        }
    }

    @Test(
        "Killed at any point, the next run does the rest: no certificate is lost, none is double",
        arguments: Engine.allCases)
    func killed(_ engine: Engine) async throws {
        for point in EnginePoints.all {
            var pass = 1
            var isReached = true
            while isReached {
                let at = pass
                isReached = try await dies(at: point, pass: at, engine)
                pass += engine == .sqlite ? 1 : 3
            }
        }
    }

    /// Whether the run of two runs with three learners comes by the point so often; then it dies there.
    private func dies(at point: FaultPoint, pass: Int, _ engine: Engine) async throws -> Bool {
        var isReached = false
        try await withGradeStage(engine) { stage in
            try await stage.addRun(2, ofLearner: 11)
            try await stage.addLearner(12)
            let death = Death(at: point, pass: pass)
            do {
                try await stage.run(checkpoint: death.pass)
            } catch {
                isReached = true
            }
            try await stage.write { session in try session.execute("UPDATE \(flows: "lease") SET expires_at = NULL") }
            try await stage.run()
            try await stage.run()
            #expect(try await stage.count("courses_courseruncertificate") == 3, "\(point) \(pass)")
            #expect(try await stage.count("courses_courserungrade") == 3, "\(point) \(pass)")
            #expect(try await stage.count("courses_courserungradeaudit") == 3, "\(point) \(pass)")
            #expect(try await stage.marks().count == 6, "\(point) \(pass)")
        }
        return isReached
    }

    @Test("The next run begins after the last one that was done, and goes round", arguments: Engine.allCases)
    func sweep(_ engine: Engine) async throws {
        try await withGradeStage(engine) { stage in
            for run in 2...5 { try await stage.addRun(run, ofLearner: 11) }
            try await stage.run(limit: 2)
            #expect(Set(stage.requested) == [1, 2])
            try await stage.run(limit: 2)
            #expect(Set(stage.requested.suffix(2)) == [3, 4])
            try await stage.run(limit: 3)
            #expect(Set(stage.requested.suffix(3)) == [5, 1, 2])
            #expect(stage.requested.count == 7)
        }
    }
}

extension GradeStage {
    /// Learners 1001 and so on of run 1, up to `number` of them, all passed, in place of all others.
    fileprivate func addBook(_ number: Int) async throws {
        try await write { session in
            let known = try session.count("openedx_openedxuser") - 1
            for id in 1001 + known..<1001 + number {
                try session.insertLearner(id, email: "learner\(id)@example.org")
                try session.insertAccount(of: id, "learner_\(id)", isSynced: true)
                try session.insertEnrollment(id, user: id, run: 1, mode: "verified")
            }
        }
        lms.update { state in
            state.gradeBooks[GradeStage.run] = LMSGradeBook(count: number) { ("learner_\(1001 + $0)", .good) }
        }
    }

    /// Another run, which the learner has passed.
    fileprivate func addRun(_ id: Int, ofLearner learner: Int) async throws {
        let key = "course-v1:MITx+\(id)+3T2026"
        try await write { session in
            try session.insertRun(id, key: key)
            try session.insertEnrollment(id, user: learner, run: id, mode: "verified")
        }
        lms.add(LMSCourse(key))
        lms.grade("ada_l", in: key, .good)
    }

    /// The runs whose grades were asked for, in the order of the first calls of each job.
    fileprivate var requested: [Int] {
        lms.received.map { request in
            let name = request.path.dropFirst("/api/grades/v1/courses/course-v1:MITx+".count).prefix { $0 != "+" }
            return Int(name) ?? 1
        }
    }
}

extension Session {
    /// Lets the database refuse the certificate of a learner.
    fileprivate mutating func forbidCertificate(of user: Int) throws {
        switch dialect {
        case .sqlite:
            try execute(
                SQL(
                    stringLiteral: """
                        CREATE TRIGGER forbidden BEFORE INSERT ON courses_courseruncertificate WHEN new.user_id = \(user)
                        BEGIN SELECT RAISE(ABORT, 'no'); END
                        """))
        case .postgres:
            try execute(
                SQL(
                    stringLiteral:
                        "ALTER TABLE courses_courseruncertificate ADD CONSTRAINT forbidden CHECK (user_id <> \(user))"
                ))
        }
    }
}
