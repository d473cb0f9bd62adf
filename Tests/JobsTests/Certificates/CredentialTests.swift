import Bytes
import Command
import Flows
import Records
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The signing of verifiable credentials (`spec/openedx.md` §11.5).
@Suite("Verifiable credentials")
struct CredentialTests {
    @Test(
        "EDX-95 a page that asks for it has a credential signed of exactly this payload, kept under its id and linked",
        arguments: Engine.allCases, [true, false])
    func payload(engine: Engine, prefix: Bool) async throws {
        try await withCertificateStage(engine) { stage in
            stage.signer.answerWithPrefix(prefix)
            try await stage.provision()
            try await stage.insertCertificate(issued: "2026-06-01T12:00:00.5Z")
            let outcome = try await stage.run()
            #expect(outcome.status == .done && outcome.counter("credentials_issued") == 1)
            let payload = try #require(stage.signer.payloads.first)
            #expect(payload == (try JSONValue(parsing: Self.expected.utf8)))
            let credential = try await stage.stage.database.read { session in
                try session.credential(ofCourseCertificate: 7001)
            }
            #expect(credential?.uuid == CertificateStage.uuid)
            #expect(credential?.document["proof"]?["proofValue"]?.string == "z1")
            // The link is a save of the certificate, which HubSpot hears of.
            #expect(try await stage.stage.count("dirty") == 1)
            try await stage.run()
            #expect(stage.signer.requestCount == 1)
        }
    }

    private static let expected = """
        {"@context":["https://www.w3.org/ns/credentials/v2",\
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",\
        "https://w3id.org/security/suites/ed25519-2020/v1"],"id":"urn:uuid:5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11",\
        "type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"did:key:z6MkInvented",\
        "type":["Profile"],"name":"MIT Learn","image":{"id":"https://learn.mit.edu/images/mit-red.png",\
        "type":"Image","caption":"MIT Learn logo"}},"validFrom":"2026-06-01T12:00:00Z","credentialSubject":{\
        "type":["AchievementSubject"],"activityStartDate":"2026-01-15T10:30:00Z",\
        "activityEndDate":"2026-06-01T12:00:00Z","identifier":[{"type":"IdentityObject",\
        "identityHash":"Ada Lovelace","identityType":"name","hashed":false,"salt":"not-used"}],"achievement":{\
        "id":"https://learn.test/courses/course-v1:MITx+6.00x","achievementType":"Course","type":["Achievement"],\
        "criteria":{"narrative":"Did X"},"name":"Intro, autumn","description":"Ada Lovelace has successfully \
        completed all modules and earned a Course Certificate in Intro, autumn.","image":{\
        "id":"https://mitx.test/media/original_images/dome.png","type":"Image",\
        "caption":"MIT Learn Certificate logo"}}}}
        """

    @Test("A program's credential names the program as its certificate page does", arguments: Engine.allCases)
    func program(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.provision()
            try await stage.write { session in
                let then = try Timestamp(fixture: "2026-02-01T00:00:00Z")
                try session.execute(
                    """
                    INSERT INTO courses_programenrollment (created_on, updated_on, active, program_id, user_id,
                        enrollment_mode) VALUES (\(then), \(then), \(false), 1, 11, 'verified')
                    """)
                try session.insertProgramCertificate(
                    71, user: 11, program: 1, uuid: CertificateStage.programUUID, issued: "2026-09-01T00:00:00Z",
                    revision: 3302)
            }
            try await stage.run()
            let achievement = try #require(stage.signer.payloads.first?["credentialSubject"]?["achievement"])
            #expect(achievement["name"]?.string == "Prog one, as printed")
            #expect(achievement["id"]?.string == "\(CertificateStage.learn)/programs/program-v1:MITx+P1")
            #expect(achievement["achievementType"]?.string == "Program")
        }
    }

    @Test("After five failures in a row the signer is left alone; a token that it refuses stops the run with 78")
    func patience() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.provision()
            try await stage.write { session in
                for number in 0..<8 {
                    try session.insertLearner(100 + number, email: "learner\(number)@example.org")
                    try session.insertEnrollment(900 + number, user: 100 + number, run: 1)
                    try session.insertCourseCertificate(
                        7100 + number, user: 100 + number, run: 1,
                        uuid: "00000000-0000-4000-8000-00000000000\(number)",
                        issued: "2026-09-0\(1 + number)T00:00:00Z", revision: 3301)
                }
            }
            stage.signer.failAlways(.status(500))
            let outage = try await stage.ending()
            #expect(outage == .unavailable && stage.signer.requestCount == 5)
            stage.signer.failAlways(.status(403))
            let refused = try await stage.ending()
            #expect(refused == .configuration && stage.signer.requestCount == 6)
            // The newest first, as many as are asked for.
            stage.signer.failAlways(nil)
            #expect(try await stage.run(limit: 2).counter("credentials_issued") == 2)
            #expect(
                stage.signer.payloads.map { $0["id"]?.string?.suffix(1) } == ["7", "6"],
                "the existing application tries them in no order")
        }
    }

    @Test(
        "What the signer refuses as such is parked after five runs and keeps nobody else waiting",
        arguments: Engine.allCases)
    func refusal(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.provision()
            try await stage.insertCertificate()
            stage.signer.failAlways(.status(422))
            for _ in 0..<5 { #expect(try await stage.run().counter("permanent") == 1) }
            #expect(try await stage.run().counter("selected") == 0)
            #expect(!stage.stage.log.text.contains("Ada Lovelace"))
        }
    }

    @Test(
        "Answers that are no credential of this certificate are not kept",
        arguments: [FakeSigner.Fault.otherID, .body("[]"), .body("<html>"), .body("{}")])
    func lies(fault: FakeSigner.Fault) async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.provision()
            try await stage.insertCertificate()
            stage.signer.fail(fault)
            #expect(try await stage.ending() == .unavailable)
            let count = try await stage.stage.database.read { try $0.count("courses_verifiablecredential") }
            #expect(count == 0)
            #expect(try await stage.run().counter("credentials_issued") == 1)
        }
    }

    @Test("No credential without an enrollment, without criteria, of a revoked one, or without a signer")
    func none() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.insertCertificate()
            #expect(try await stage.run().counter("selected") == 0)
            try await stage.provision("")
            #expect(try await stage.run().counter("selected") == 0)
            try await stage.provision()
            try await stage.write { try $0.execute("UPDATE courses_courseruncertificate SET is_revoked = \(true)") }
            #expect(try await stage.run().counter("selected") == 0)
            try await stage.write { session in
                try session.execute("UPDATE courses_courseruncertificate SET is_revoked = \(false)")
                try session.execute("DELETE FROM courses_courserunenrollment")
            }
            #expect(try await stage.run().counter("selected") == 0)
            #expect(stage.stage.log.text.contains("credentials_without_enrollment"))
        }
        try await withCertificateStage(.sqlite, signs: false) { stage in
            try await stage.provision()
            try await stage.insertCertificate()
            #expect(try await stage.run().status == .done)
            #expect(stage.signer.requestCount == 0)
        }
    }

    @Test(
        "A process that dies after the signature, or whose answer is lost, leaves one row under the same id in the end",
        arguments: Engine.allCases)
    func death(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.provision()
            try await stage.insertCertificate()
            stage.signer.fail(.lost)
            try await stage.ending()
            let death = Death(at: EnginePoints.answered)
            _ = try? await stage.run(checkpoint: death.pass)
            #expect(death.isDead)
            stage.stage.clock.advance(by: .seconds(300))
            try await stage.run()
            let rows = try await stage.stage.database.read { session in
                (
                    try session.count("courses_verifiablecredential"),
                    try session.credential(ofCourseCertificate: 7001)?.document["proof"]?["proofValue"]?.string
                )
            }
            #expect(rows == (1, "z3"))
            #expect(stage.signer.signed == ["urn:uuid:\(CertificateStage.uuid)": 3])
        }
    }

    @Test(
        "An operator's --force signs first and then replaces; the existing application would have deleted first",
        arguments: Engine.allCases)
    func force(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.provision()
            try await stage.insertCertificate()
            try await stage.run()
            let uuid = try #require(UniqueID(CertificateStage.uuid))
            #expect(try await stage.run(choice: [uuid]).counter("credentials_issued") == 0)
            stage.signer.fail(.status(500))
            try await stage.ending(choice: [uuid], replaces: true)
            #expect(try await Self.proof(stage) == "z1")
            #expect(try await stage.run(isDryRun: true, choice: [uuid], replaces: true).status == .done)
            #expect(try await Self.proof(stage) == "z1")
            try await stage.run(choice: [uuid], replaces: true)
            #expect(try await Self.proof(stage) == "z2")
        }
    }

    private static func proof(_ stage: CertificateStage) async throws -> String? {
        try await stage.stage.database.read { session in
            try session.credential(ofCourseCertificate: 7001)?.document["proof"]?["proofValue"]?.string
        }
    }
}
