import Store
import Support
import Testing

@testable import Jobs

/// What follows from the certificates that `generate-certificates` issues, in the same run.
@Suite("From a grade to what the world sees")
struct CertificateFlowTests {
    private static let issued = "runs 1, grades_created 1, certificates_created 1"

    @Test(
        "EDX-96 a signer that answers 500 costs the certificate nothing, and the job issues the credential later",
        arguments: Engine.allCases)
    func outage(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.provision()
            try await stage.pass()
            stage.signer.fail(.status(500))
            let outcome = try await stage.generate()
            #expect(outcome.status == .done && outcome.counts == Self.issued)
            #expect(stage.signer.requestCount == 1, "a call is not repeated")
            let certificate = try #require(
                try await stage.stage.database.read { session in try session.certificate(of: 11) })
            let before = try await stage.credential(of: certificate.id)
            #expect(before == nil)
            #expect(try stage.document(certificate.uuid)?["verifiable_credential_json"]?.isNull == true)
            let later = try await stage.run()
            #expect(later.counter("credentials_issued") == 1)
            let after = try await stage.credential(of: certificate.id)
            #expect(after == certificate.uuid)
        }
    }

    @Test(
        "A signer that works signs in the run that issues the certificate, which shows it", arguments: Engine.allCases)
    func signed(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.provision()
            try await stage.pass()
            let outcome = try await stage.generate()
            #expect(outcome.counts == "\(Self.issued), credentials_issued 1")
            let certificate = try #require(
                try await stage.stage.database.read { session in try session.certificate(of: 11) })
            let document = try #require(try stage.document(certificate.uuid))
            #expect(document["verifiable_credential_json"]?["id"]?.string == "urn:uuid:\(certificate.uuid)")
            try await stage.generate()
            #expect(stage.signer.requestCount == 1)
        }
    }

    @Test(
        "A program's certificate has its credential and its page in the run that issues it", arguments: Engine.allCases)
    func program(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.provision()
            try await stage.write { session in
                try session.insertProgramEnrollment(91, user: JobStage.learner, program: 1)
            }
            let outcome = try await stage.stage.run(
                isByHand: true, transport: stage.signer.transport, numbers: .system
            ) { resources in
                try GenerateProgramCertificates(
                    resources, choice: .init(program: 1, user: JobStage.learner, isForced: true))
            }
            #expect(outcome.counts == "processed 1, created 1, credentials_issued 1")
            let uuid = try #require(
                try await stage.stage.database.read { session in
                    try session.first("SELECT uuid FROM courses_programcertificate") { row in try row.uuid("uuid") }
                })
            #expect(stage.signer.signed == ["urn:uuid:\(uuid)": 1])
            #expect(stage.file("certificate/program/\(uuid)/index.html") != nil)
            #expect(stage.file("api/v2/verifiable_program_credential/\(uuid)/download/index.json") != nil)
        }
    }

    @Test(
        "EDX-75 without a live certificate page a certificate has no revision, and its document the page null (the existing application fails with 500)",
        arguments: Engine.allCases)
    func pageless(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.write { try $0.execute("UPDATE wagtailcore_page SET live = \(false) WHERE id = 50") }
            try await stage.pass()
            let outcome = try await stage.generate()
            #expect(outcome.status == .done && outcome.counts == Self.issued)
            let certificate = try #require(
                try await stage.stage.database.read { session in try session.certificate(of: 11) })
            #expect(certificate.revision == nil)
            let document = try #require(try stage.document(certificate.uuid))
            #expect(document["certificate_page"]?.isNull == true)
            #expect(document["certificate_page_revision"]?.isNull == true)
            #expect(document["uuid"]?.string == certificate.uuid)
        }
    }

    @Test(
        "A certificate that was revoked disappears in the next run, whatever Open edX answers",
        arguments: Engine.allCases)
    func revoked(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.pass()
            try await stage.generate()
            let certificate = try #require(
                try await stage.stage.database.read { session in try session.certificate(of: 11) })
            #expect(stage.page(certificate.uuid) != nil)
            try await stage.write { try $0.execute("UPDATE courses_courseruncertificate SET is_revoked = \(true)") }
            stage.stage.lms.fault(.status(500), on: .grades, times: .max)
            _ = try? await stage.generate()
            #expect(stage.page(certificate.uuid) == nil)
            #expect(try stage.document(certificate.uuid) == nil)
        }
    }
}

extension CertificateStage {
    /// The UUID of a certificate's credential.
    fileprivate func credential(of certificate: Int) async throws -> String? {
        try await stage.database.read { session in try session.credential(ofCourseCertificate: certificate)?.uuid }
    }
}
