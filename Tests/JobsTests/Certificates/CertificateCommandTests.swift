import Bytes
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// What operators do to certificates (`spec/openedx.md` §17), with the built program.
@Suite("Commands for certificates")
struct CertificateCommandTests {
    private static func run(_ stage: CertificateStage, _ arguments: String...) async throws -> ProgramResult {
        try await BuiltProgram("mitxonline-jobs").run(
            arguments + ["--database", stage.stage.locator], environment: ["MITX_ONLINE_BASE_URL": "https://mitx.test"])
    }

    @Test(
        "update-certificate-revisions fills in what is missing, and with --all changes the rest; dry without --commit")
    func revisions() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.insertCertificate(isRevoked: true, revision: nil)
            try await stage.write { session in
                try session.insertLearner(12, email: "bo@example.org", name: "Bo")
                try session.insertCourseCertificate(
                    7002, user: 12, run: 1, uuid: "00000000-0000-4000-8000-000000000002",
                    issued: "2026-09-01T00:00:00Z", revision: 3302)
            }
            func revisions() async throws -> [Int?] {
                try await stage.stage.database.read { session in
                    try session.rows(
                        "SELECT certificate_page_revision_id AS id FROM courses_courseruncertificate ORDER BY id"
                    ) { row in try row["id"] as Int? }
                }
            }
            let command = "update-certificate-revisions"
            let rehearsal = try await Self.run(stage, command, "--run", "course-v1:MITx+6.00x+3T2026")
            #expect(rehearsal.output == "would change 1; --commit does it\n")
            #expect(try await revisions() == [nil, 3302])
            let change = try await Self.run(stage, command, "--course", "course-v1:MITx+6.00x", "--commit")
            #expect(change.output == "changed 1\n")
            #expect(try await revisions() == [3301, 3302])
            #expect(try await stage.stage.count("dirty") == 1)
            let all = try await Self.run(stage, command, "--course", "course-v1:MITx+6.00x", "--all", "--commit")
            #expect(all.output == "changed 1\n")
            #expect(try await revisions() == [3301, 3301])
            #expect(try await Self.run(stage, command, "--program", "nowhere").ending == .exit(65))
            #expect(try await Self.run(stage, command).ending == .exit(64))
            let both = try await Self.run(stage, command, "--course", "a", "--program", "b")
            #expect(both.ending == .exit(64))
        }
    }

    @Test("update-program-titles takes over the published name, but no empty one and no placeholder")
    func titles() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertProgramCertificate(
                    71, user: 11, program: 1, uuid: CertificateStage.programUUID, issued: "2026-03-01T00:00:00Z",
                    revision: 3302)
            }
            func title(_ live: String, _ arguments: String...) async throws -> String? {
                try await stage.write { session in
                    try session.execute("UPDATE cms_certificatepage SET product_name = \(live) WHERE page_ptr_id = 51")
                }
                let command = ["update-program-titles", "--database", stage.stage.locator] + arguments
                let result = try await BuiltProgram("mitxonline-jobs").run(command)
                #expect(result.ending == .exit(0), "\(result.errors)")
                return try await stage.stage.database.read { session in
                    try session.first("SELECT content FROM wagtailcore_revision WHERE id = 3302") { row in
                        let content: JSONValue = try row["content"]
                        return content["product_name"]?.string
                    } ?? nil
                }
            }
            #expect(try await title("New") == " Prog one, as printed ")
            #expect(try await title("PLACEHOLDER - x", "--commit") == " Prog one, as printed ")
            #expect(try await title(" ", "--commit") == " Prog one, as printed ")
            #expect(try await title("New", "--commit") == "New")
        }
    }

    @Test(
        "render-certificates writes one certificate again whatever is known of it, or all, and takes revoked ones away")
    func rendering() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.insertCertificate()
            func render(_ arguments: String...) async throws -> String {
                let place = ["--database", stage.stage.locator, "--output", stage.output]
                let result = try await BuiltProgram("mitxonline-jobs").run(
                    ["render-certificates"] + place + arguments,
                    environment: [
                        "MITX_ONLINE_BASE_URL": "https://mitx.test",
                        "MITXONLINE_TEMPLATES": Repository.path("Templates"),
                    ])
                #expect(result.ending == .exit(0), "\(result.errors)")
                return result.output
            }
            #expect(try await render("--certificate", CertificateStage.uuid).hasPrefix("1 certificates"))
            #expect(stage.page() != nil)
            #expect(try await render() == "1 certificates, 0 files written, 0 removed\n")
            try await stage.write { try $0.execute("UPDATE courses_courseruncertificate SET is_revoked = \(true)") }
            #expect(try await render("--user", "ada@example.org") == "0 certificates, 0 files written, 2 removed\n")
            #expect(stage.page() == nil)
            #expect(try stage.document() == nil)
        }
    }
    @Test("revoke-certificates takes the page away at once, restore-certificates brings it back; dry without --commit")
    func revocation() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.insertCertificate()
            try await stage.run()
            let before = try stage.files()
            func change(_ verb: String, _ arguments: String...) async throws -> String {
                let place = ["--database", stage.stage.locator, "--output", stage.output]
                let choice = ["--run", "course-v1:MITx+6.00x+3T2026", "--user", "ada@example.org"]
                let result = try await BuiltProgram("mitxonline-jobs").run(
                    ["\(verb)-certificates"] + place + choice + arguments,
                    environment: [
                        "MITX_ONLINE_BASE_URL": "https://mitx.test", "MIT_LEARN_BASE_URL": CertificateStage.learn,
                        "MITXONLINE_TEMPLATES": Repository.path("Templates"),
                    ])
                #expect(result.ending == .exit(0), "\(result.errors)")
                return result.output
            }
            #expect(
                try await change("revoke") == "would have revoked course certificate 7001; --commit does it\n")
            #expect(try stage.files() == before)
            #expect(try await change("revoke", "--commit") == "revoked course certificate 7001\n")
            #expect(stage.page() == nil)
            #expect(try stage.document() == nil)
            #expect(try await change("restore", "--commit") == "restored course certificate 7001\n")
            #expect(stage.page() != nil)
            #expect(try stage.document() != nil)
        }
    }
}
