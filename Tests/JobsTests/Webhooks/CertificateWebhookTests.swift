import Bytes
import Command
import Flows
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The webhook that tells who passes, and the job that goes on where it failed (`spec/openedx.md` §12.3).
@Suite("Certificate webhook")
struct CertificateWebhookTests {
    @Test("EDX-101 whoever passes gets the certificate, whatever the run's date is", arguments: Engine.allCases)
    func certified(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            try await stage.grades.write { session in
                try session.setRun(selfPaced: false, certificatesFrom: "2027-01-01T00:00:00Z")
            }
            let answer = try await stage.answer(.certificate)
            #expect(answer.line == "200")
            #expect(answer.field("Cache-Control") == "private, no-store")
            let certificate = try #require(try await stage.grades.certificate())
            #expect(certificate.issued == stage.clock.now)
            #expect(try await stage.inbox() == ["certificate 11:1 done"])
            #expect(stage.log.lines(of: "certificate_event").map { $0["outcome"]?.string } == ["created"])
            for datum in ["ada@", "ada_l", "Ada", "canary"] { #expect(!stage.log.text.contains(datum), "\(datum)") }
        }
    }

    @Test("EDX-102 whoever is not verified has a grade and no certificate", arguments: Engine.allCases)
    func audit(engine: Engine) async throws {
        try await withWebhookStage(engine, mode: "audit") { stage async throws in
            #expect(try await stage.answer(.certificate).line == "200")
            #expect(try await stage.grades.grade() == "0.87 Pass passed")
            #expect(try await stage.grades.certificate() == nil)
            #expect(try await stage.inbox() == ["certificate 11:1 done"])
        }
    }

    // The existing application answers 200, and the certificate is lost until the hourly job.
    @Test(
        "EDX-103 an LMS that does not answer in time is asked again by the job, and not for a certificate that is there",
        arguments: Engine.allCases)
    func timeout(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            stage.lms.fault(.lost, on: .grades)
            let start = stage.clock.steady
            #expect(try await stage.answer(.certificate).line == "503")
            #expect(stage.clock.steady - start == .seconds(20))
            #expect(stage.lms.count(.grades) == 1, "there is no second attempt while the sender waits")
            #expect(try await stage.inbox() == ["certificate 11:1 waits"])
            #expect(try await stage.grades.certificate() == nil)
            stage.clock.advance(by: .seconds(300))
            let outcome = try await stage.base.run(ProcessInbox.self)
            #expect(outcome.counts == "selected 1, done 1")
            #expect(outcome.status == .done)
            #expect(try await stage.grades.certificate() != nil)
            #expect(try await stage.inbox() == ["certificate 11:1 done"])
            #expect(stage.lms.count(.grades) == 2)
            #expect(try await stage.answer(.certificate).line == "200")
            #expect(stage.lms.count(.grades) == 2)
            #expect(try await stage.inbox().count == 1)
        }
    }

    @Test("whom the LMS does not have in the run is done with", arguments: Engine.allCases)
    func notThere(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            stage.lms.fault(.status(404), on: .grades)
            #expect(try await stage.answer(.certificate).line == "200")
            #expect(try await stage.inbox() == ["certificate 11:1 done"])
            #expect(try await stage.grades.grade() == nil)
        }
    }

    @Test("two deliveries at the same moment share one run", arguments: Engine.allCases)
    func shared(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            let (asked, ask) = AsyncStream.makeStream(of: Void.self)
            let (waiting, wait) = AsyncStream.makeStream(of: Void.self)
            stage.lms.before(.grades, pass: 1) { _ in
                ask.finish()
                for await _ in waiting { break }
            }
            let first = Task { try await stage.answer(.certificate).line }
            for await _ in asked {}
            // The second one waits for the first: only then does the LMS answer that.
            let second = try await stage.answer(.certificate) { _ in
                wait.finish()
                _ = try await first.value
            }
            wait.finish()
            #expect(second.line == "200")
            #expect(try await first.value == "200")
            #expect(stage.lms.count(.grades) == 1)
            #expect(try await stage.inbox() == ["certificate 11:1 done"])
            #expect(try await stage.grades.count("courses_courseruncertificate") == 1)
        }
    }

    @Test(
        "a delivery waits five seconds for the one that is in hand, and shares its failure", arguments: Engine.allCases)
    func sharedFailure(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            let answers = Told()
            stage.lms.before(.grades, pass: 1) { _ in
                let start = stage.clock.steady
                let answer = try? await stage.answer(.certificate)
                answers.add("\(answer?.line ?? "-") after \(stage.clock.steady - start)")
            }
            stage.lms.fault(.status(503), on: .grades)
            #expect(try await stage.answer(.certificate).line == "503")
            #expect(answers.all == ["503 after 5.0 seconds"])
            #expect(stage.lms.count(.grades) == 1)
            // The sender comes again, before the job does.
            #expect(try await stage.answer(.certificate).line == "200")
            #expect(try await stage.inbox() == ["certificate 11:1 done"])
        }
    }

    @Test("events of one learner and run stay in order, and those of others do not wait", arguments: Engine.allCases)
    func order(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            try await stage.grades.addLearner(12)
            stage.lms.fault(.status(503), on: .grades, times: .max) { $0.target.contains("ada_l") }
            let other = #"{"email": "learner12@example.org", "course_id": "\#(WebhookStage.run)"}"#
            #expect(try await stage.answer(.certificate).line == "503")
            #expect(try await stage.answer(.certificate, other).line == "200")
            #expect(try await stage.answer(.certificate).line == "503")
            #expect(try await stage.inbox() == ["certificate 11:1 waits", "certificate 12:1 done"])
            stage.lms.heal()
            stage.lms.grade("ada_l", in: WebhookStage.run, LMSGrade(.number("0.91"), passed: true, letter: "Pass"))
            stage.clock.advance(by: .seconds(3600))
            let outcome = try await stage.grades.base.run(numbers: .system) { try ProcessInbox($0) }
            #expect(outcome.counts == "selected 1, done 1")
            #expect(try await stage.grades.grade() == "0.91 Pass passed")
            #expect(try await stage.inbox() == ["certificate 11:1 done", "certificate 12:1 done"])
        }
    }

    @Test("a payload that names nobody is parked with one line, and the others go on", arguments: Engine.allCases)
    func malformed(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            let now = stage.clock.now
            try await stage.grades.write { session in
                for (key, payload) in [("x", #"{"user": "ada@example.org"}"#), ("11:1", #"{"user": 11, "run": 1}"#)] {
                    try Queue.inbox.add(
                        CertificateEvents.kind, key: key, payload: try JSONValue(parsing: Array(payload.utf8)),
                        due: now, at: now, in: &session)
                }
            }
            let outcome = try await stage.base.run(ProcessInbox.self)
            #expect(outcome.status == .partly)
            #expect(outcome.counts == "selected 2, done 1, permanent 1")
            #expect(try await stage.inbox() == ["certificate x parked", "certificate 11:1 done"])
            #expect(stage.log.lines(of: "item_refused").count == 1)
            #expect(!stage.log.text.contains("ada@"))
            #expect(try await stage.base.run(ProcessInbox.self).counts == "")
        }
    }

    @Test("a dry run tells what waits, asks nobody and changes nothing", arguments: Engine.allCases)
    func dry(engine: Engine) async throws {
        try await withWebhookStage(engine) { stage async throws in
            stage.lms.fault(.refused, on: .grades)
            #expect(try await stage.answer(.certificate).line == "503")
            stage.clock.advance(by: .seconds(300))
            let outcome = try await stage.base.run(isDryRun: true) { try ProcessInbox($0) }
            #expect(outcome.counts == "selected 1")
            #expect(stage.base.told.all == ["do certificate 11:1"])
            #expect(stage.lms.count(.grades) == 1)
            #expect(try await stage.inbox() == ["certificate 11:1 waits"])
        }
    }

    @Test("killed at any point, the job gives out one certificate in the end", arguments: Engine.allCases)
    func deaths(engine: Engine) async throws {
        var deaths = 0
        for point in EnginePoints.all {
            for pass in 1...9 {
                let death = Death(at: point, pass: pass)
                try await withWebhookStage(engine) { stage async throws in
                    let now = stage.clock.now
                    try await stage.grades.write { session in
                        _ = try Queue.inbox.add(
                            CertificateEvents.kind, key: "11:1",
                            payload: .object([
                                .init(key: "user", value: .number("11")), .init(key: "run", value: .number("1")),
                            ]), due: now, at: now, in: &session)
                    }
                    _ = try? await stage.base.run(checkpoint: death.pass) { try ProcessInbox($0) }
                    stage.clock.advance(by: .seconds(900))
                    try await stage.base.run("host/2") { try ProcessInbox($0) }
                    #expect(try await stage.inbox() == ["certificate 11:1 done"], "\(point) \(pass)")
                    #expect(try await stage.grades.grade() == "0.87 Pass passed", "\(point) \(pass)")
                    #expect(try await stage.grades.count("courses_courseruncertificate") == 1, "\(point) \(pass)")
                    #expect(try await stage.grades.marks().count == 2, "\(point) \(pass)")
                }
                guard death.isDead else { break }
                deaths += 1
            }
        }
        #expect(deaths >= 6)
    }
}
