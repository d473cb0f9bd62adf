import Bytes
import Command
import Flows
import Foundation
import HTTP
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// A job stage with certificate pages (``Fixture/withCertificatePages()``), a signer, and a folder that certificates go into.
struct CertificateStage: Sendable {
    static let uuid = "5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11"
    static let programUUID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
    static let learn = "https://learn.test"

    let stage: JobStage
    let signer = FakeSigner()
    /// The output, whose folder `certificates` is written.
    let output: String

    /// What is served: `certificate/<uuid>/index.html`.
    func file(_ path: String) -> String? {
        try? String(contentsOfFile: "\(output)/certificates/\(path)", encoding: .utf8)
    }

    func page(_ uuid: String = CertificateStage.uuid) -> String? { file("certificate/\(uuid)/index.html") }

    func document(_ uuid: String = CertificateStage.uuid) throws -> JSONValue? {
        try file("api/v2/course_certificates/\(uuid)/index.json").map { try JSONValue(parsing: $0.utf8) }
    }

    /// Every file and what it holds, without what pages load.
    func files() throws -> [String: String] {
        let root = "\(output)/certificates"
        var files: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: root) ?? .init()
        where !path.hasPrefix("certificate/assets") && path != ".lock" && file(path) != nil {
            files[path] = file(path)
        }
        return files
    }

    /// A run of the job that issues credentials and writes the folder.
    @discardableResult func run(
        checkpoint: @escaping Checkpoint = { _ in }, limit: Int? = nil, isDryRun: Bool = false,
        choice: [UniqueID]? = nil, replaces: Bool = false
    ) async throws -> Outcome {
        try await stage.run(limit: limit, isDryRun: isDryRun, checkpoint: checkpoint, transport: signer.transport) {
            try IssueCredentials($0, choice: choice, replaces: replaces)
        }
    }

    /// A run of the job that issues certificates of courses, with the credentials that they call for.
    @discardableResult func generate() async throws -> Outcome {
        let transport = LMSAndSigner(lms: stage.lms.transport(), signer: signer.transport)
        return try await stage.run(transport: transport, numbers: .system) { try GenerateCertificates($0) }
    }

    /// Lets Open edX say that the learner passed R1, which gives certificates at once.
    func pass() async throws {
        try await write { session in try session.setRun() }
        stage.lms.add(LMSCourse(FakeLMS.run))
        stage.lms.grade("ada_l", in: FakeLMS.run, .good)
    }

    /// The status of a run, whether it ends with one or with an error.
    @discardableResult func ending(
        checkpoint: @escaping Checkpoint = { _ in }, choice: [UniqueID]? = nil, replaces: Bool = false
    ) async throws -> Command.ExitStatus {
        do {
            return try await run(checkpoint: checkpoint, choice: choice, replaces: replaces).status
        } catch let error as Failure {
            return error.status
        } catch let error as ServiceError {
            return error.failure.status
        }
    }

    func write(_ body: @Sendable (inout Session) throws -> Void) async throws {
        try await stage.write(body)
    }

    /// A certificate of learner 11 for R1.
    func insertCertificate(
        _ id: Int = 7001, uuid: String = CertificateStage.uuid, user: Int = JobStage.learner,
        issued: String = "2026-09-03T00:30:00Z", isRevoked: Bool = false, revision: Int? = 3301
    ) async throws {
        try await write { session in
            try session.insertCourseCertificate(
                id, user: user, run: 1, uuid: uuid, issued: issued, isRevoked: isRevoked, revision: revision)
        }
    }

    /// Has the page of R1's course ask for credentials.
    func provision(_ criteria: String = "Did X") async throws {
        try await write { session in
            try session.execute(
                """
                UPDATE cms_certificatepage SET should_provision_verifiable_credential = \(true),
                    verifiable_credential_criteria = \(criteria)
                """)
        }
    }
}

/// The ways to Open edX and to the signer.
private struct LMSAndSigner: Transport {
    let lms: any Transport
    let signer: any Transport

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        try await (request.url.origin == "https://signer.test" ? signer : lms).send(request, within: deadline)
    }
}

/// Runs `body` on a stage of its own.
///
/// - Parameters:
///   - output: where certificates are written; nil for a folder that goes with the test.
///   - signs: whether there is a signer.
func withCertificateStage(
    _ engine: Engine, output: String? = nil, signs: Bool = true, token: String = "canary-signer-token",
    edit: (inout Fixture) throws -> Void = { _ in }, _ body: (CertificateStage) async throws -> Void
) async throws {
    let own = FileManager.default.temporaryDirectory.appending(path: "flows-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: own) }
    var environment = [
        "MITXONLINE_OUTPUT": output ?? own, "MIT_LEARN_BASE_URL": CertificateStage.learn,
        "MITXONLINE_TEMPLATES": Repository.path("Templates"),
    ]
    if signs {
        environment["VERIFIABLE_CREDENTIAL_SIGNER_URL"] = "https://signer.test/instance/default/credentials/issue"
        environment["VERIFIABLE_CREDENTIAL_BEARER_TOKEN"] = token
        environment["VERIFIABLE_CREDENTIAL_DID"] = "z6MkInvented"
    }
    try await withJobStage(engine, environment: environment) { stage in
        var fixture = try Fixture.withCertificatePages()
        try edit(&fixture)
        let rows = fixture
        try await stage.write { session in
            try rows.load(into: &session)
            try session.insertEnrollment(
                801, user: JobStage.learner, run: 1, mode: "verified", createdOn: "2026-01-15T10:30:00Z")
        }
        try await body(CertificateStage(stage: stage, output: output ?? own))
    }
}
