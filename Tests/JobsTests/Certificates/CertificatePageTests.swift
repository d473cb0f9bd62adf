import Bytes
import Command
import Flows
import Foundation
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// What is written of certificates (`spec/openedx.md` §11.2–11.4), as a web server serves it and as files.
@Suite("Certificate pages")
struct CertificatePageTests {
    @Test(
        "EDX-92 EDX-93 EDX-94 the page says Sept. 3, 2026 and the run's own 1.5; one that is revoked or of tomorrow is 404, as is a malformed number",
        arguments: Engine.allCases)
    func served(engine: Engine) async throws {
        let server = try NginxServer(keys: [])
        try await withCertificateStage(engine, output: server.output) { stage in
            try await stage.insertCertificate()
            try await stage.run()
            let (page, document) = (
                "/certificate/\(CertificateStage.uuid)/", "/api/v2/course_certificates/\(CertificateStage.uuid)/"
            )
            let shown = try server.client.get(page)
            #expect(shown.status == 200 && shown["X-Robots-Tag"] == "noindex")
            #expect(shown.text.contains(#"<time datetime="2026-09-03">Sept. 3, 2026</time>"#))
            #expect(shown.text.contains("<dd>1.5</dd>") && !shown.text.contains("2.0"))
            #expect(shown.text.contains(#"<meta name="robots" content="noindex">"#))
            #expect(shown.text.contains("<title>MITx Online | Certificate for: Intro to Computation</title>"))
            #expect(shown.text.contains("Ada Lovelace") && shown.text.contains("Prof. A &lt;Ada&gt;"))
            #expect(shown.text.contains("https://mitx.test\(page)"))
            // The product is the course, not the run and not what the page calls itself.
            #expect(!shown.text.contains("own name") && !shown.text.contains("Intro, autumn"))
            #expect(try server.client.get(document).status == 200)
            // The existing application fails with 500 for a malformed number.
            for path in ["/certificate/abc-1/", "/certificate/abc-1", "/certificate/", "/certificate/program/abc/"] {
                #expect(try server.client.get(path).status == 404, "\(path)")
            }
            for change: SQL in [
                "is_revoked = \(true)", "issue_date = \(try Timestamp(fixture: "2026-09-16T12:00:00Z"))",
            ] {
                try await stage.write { try $0.execute("UPDATE courses_courseruncertificate SET \(sql: change)") }
                try await stage.run()
                #expect(try server.client.get(page).status == 404)
                #expect(try server.client.get(document).status == 404)
                try await stage.write { session in
                    try session.execute("UPDATE courses_courseruncertificate SET is_revoked = \(false)")
                }
            }
            // Its day comes.
            stage.stage.clock.advance(by: .seconds(86_400))
            try await stage.run()
            #expect(try server.client.get(page).status == 200)
        }
    }

    @Test("The document has everything of the learner, the page as the revision has it, and the run with its course")
    func document() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.provision()
            try await stage.insertCertificate()
            // A draft is no part of what was issued.
            try await stage.write { session in
                try session.execute("UPDATE cms_certificatepage SET product_name = 'New', \"CEUs\" = '9'")
            }
            try await stage.run()
            let document = try #require(try stage.document())
            guard case .object(let members) = document else { return }
            #expect(
                members.map(\.key) == [
                    "user", "uuid", "is_revoked", "issue_date", "certificate_page", "verifiable_credential_json",
                    "course_run", "certificate_page_revision",
                ])
            let user = """
                {"id":11,"username":"ada@example.org","name":"Ada Lovelace","created_on":"2026-09-01T00:00:00Z",\
                "updated_on":"2026-09-01T00:00:00Z"}
                """
            #expect(document["user"] == (try JSONValue(parsing: user.utf8)))
            let page = try #require(document["certificate_page"])
            #expect(page["product_name"]?.string == "The page's own name" && page["CEUs"]?.string == "2.0")
            #expect(page["overrides"]?.array?.first?["value"]?["CEUs"]?.string == "1.5")
            #expect(
                page["signatory_items"]?.array?.first?["signature_image"]?.string
                    == "/media/original_images/dome.png")
            #expect(page["meta"]?["type"]?.string == "cms.CertificatePage" && page["meta"]?["parent"] == nil)
            let run = try #require(document["course_run"])
            #expect(run["courseware_id"]?.string == "course-v1:MITx+6.00x+3T2026")
            #expect(run["course"]?["readable_id"]?.string == "course-v1:MITx+6.00x")
            #expect(run["course"]?["courseruns"] == nil)
            #expect(document["certificate_page_revision"]?.int == 3301)
            #expect(
                document["verifiable_credential_json"]?["id"]?.string == "urn:uuid:\(CertificateStage.uuid)")
            let path = "api/v2/verifiable_course_credential/\(CertificateStage.uuid)/download"
            let download = try #require(stage.file("\(path)/index.json"))
            #expect(try JSONValue(parsing: download.utf8) == document["verifiable_credential_json"])
            let shown = try #require(stage.page())
            #expect(shown.contains("https://mitx.test/\(path)/") && shown.contains("did:key:z6MkInvented"))
        }
    }

    @Test("A program's page says that all courses were passed, of which kind the program is, and whose hours count")
    func program() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertProgramCertificate(
                    71, user: 11, program: 1, uuid: CertificateStage.programUUID, issued: "2026-03-01T00:00:00Z",
                    revision: 3302)
            }
            try await stage.run()
            let page = try #require(stage.file("certificate/program/\(CertificateStage.programUUID)/index.html"))
            #expect(page.contains("MicroMasters® Certificate") && page.contains("all courses"))
            #expect(page.contains("Prog one") && !page.contains("as printed"))
            #expect(page.contains("March 1, 2026") && !page.contains("Continuing education units"))
            #expect(page.contains(#"href="../../assets/certificate.css"#))
            let text = try #require(
                stage.file("api/v2/program_certificates/\(CertificateStage.programUUID)/index.json"))
            let program = try #require(try JSONValue(parsing: text.utf8)["program"])
            #expect(program["readable_id"]?.string == "program-v1:MITx+P1" && program["products"] == nil)
        }
    }

    @Test(
        "A certificate without a revision has a document with certificate_page null, and the live page while there is one",
        arguments: Engine.allCases)
    func withoutRevision(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.insertCertificate(revision: nil)
            try await stage.run()
            // The existing application fails with 500.
            #expect(try stage.document()?["certificate_page"]?.isNull == true)
            #expect(try stage.document()?["certificate_page_revision"]?.isNull == true)
            #expect(stage.page()?.contains("<dd>1.5</dd>") == true)
            try await stage.write { try $0.execute("UPDATE wagtailcore_page SET live = \(false) WHERE id = 50") }
            try await stage.run()
            #expect(stage.page() == nil)
            #expect(try stage.document() != nil)
            #expect(stage.stage.log.lines(of: "certificate_page_missing").count == 1)
        }
    }

    @Test("The page of another course is none; a revision that cannot be read gives way to what is published")
    func strangePages() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.insertCertificate(revision: 3302)
            try await stage.run()
            #expect(stage.page() == nil)
            try await stage.write { session in
                try session.execute("UPDATE courses_courseruncertificate SET certificate_page_revision_id = 3301")
                try session.execute("UPDATE wagtailcore_revision SET content = '[]' WHERE id = 3301")
            }
            try await stage.run()
            #expect(stage.page()?.contains("<dd>1.5</dd>") == true)
            #expect(stage.stage.log.lines(of: "certificate_revision_unreadable").count == 1)
            try await stage.write { session in
                try session.execute("UPDATE cms_certificatepage SET signatories = '[]'")
            }
            try await stage.run()
            #expect(stage.page()?.contains("certificate-signatories") == false)
            #expect(stage.stage.log.lines(of: "certificate_without_signatory").count == 1)
        }
    }

    @Test("Nothing that changed is missed, and nothing that did not is written", arguments: Engine.allCases)
    func changes(engine: Engine) async throws {
        try await withCertificateStage(engine) { stage in
            try await stage.insertCertificate()
            try await stage.run()
            let before = try stage.files()
            let written = stage.stage.log.lines(of: "certificates_published").last?["written"]?.int
            #expect(before.count == 3 && (written ?? 0) > 2)
            stage.stage.clock.advance(by: .seconds(3600))
            try await stage.run()
            #expect(stage.stage.log.lines(of: "certificates_published").last?["written"]?.int == 0)
            for (change, text): (SQL, String) in [
                ("UPDATE users_user SET name = 'Augusta King'", "Augusta King"),
                ("UPDATE courses_course SET title = 'Renamed' WHERE id = 1", "Renamed"),
                ("UPDATE cms_signatorypage SET name = 'Prof. Z'", "Prof. Z"),
            ] {
                try await stage.write { try $0.execute(change) }
                try await stage.run()
                #expect(stage.page()?.contains(text) == true)
            }
            let folder = "\(stage.output)/certificates"
            // Whatever is lost or strays in comes right.
            try FileManager.default.removeItem(atPath: "\(folder)/.register")
            try FileManager.default.removeItem(atPath: "\(folder)/certificate/\(CertificateStage.uuid)")
            try FileManager.default.createDirectory(
                atPath: "\(folder)/certificate/00000000-0000-4000-8000-000000000000",
                withIntermediateDirectories: true)
            try await stage.run()
            #expect(stage.page() != nil)
            #expect(
                !FileManager.default.fileExists(atPath: "\(folder)/certificate/00000000-0000-4000-8000-000000000000"))
            try await stage.write { try $0.execute("DELETE FROM courses_courseruncertificate") }
            try await stage.run()
            #expect(try stage.files().keys.sorted() == [".register"])
        }
    }

    @Test("Whoever knows an address can read the file, and nobody else can list the addresses")
    func permissions() async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.insertCertificate()
            try await stage.run()
            func mode(_ path: String) throws -> Int? {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: "\(stage.output)/certificates/\(path)")
                return (attributes[.posixPermissions] as? NSNumber)?.intValue
            }
            #expect(try mode("certificate/\(CertificateStage.uuid)/index.html") == 0o644)
            #expect(try mode("certificate/\(CertificateStage.uuid)") == 0o755)
            #expect(try mode("certificate") == 0o711 && mode("api/v2/course_certificates") == 0o711)
            #expect(try mode(".register") == 0o600)
        }
    }

    @Test(
        "A process that dies at any point leaves whole files, and the next run the same ones as one that nobody disturbed",
        arguments: CertificatePoints.all)
    func deaths(point: FaultPoint) async throws {
        try await withCertificateStage(.sqlite) { stage in
            try await stage.provision()
            try await stage.insertCertificate()
            try await stage.insertCertificate(
                7002, uuid: "00000000-0000-4000-8000-000000000002", user: try await Self.other(stage), isRevoked: true)
            for pass in 1...4 {
                let death = Death(at: point, pass: pass)
                _ = try? await stage.run(checkpoint: death.pass)
                for (path, text) in try stage.files() where path.hasSuffix(".html") {
                    #expect(text.hasSuffix("</html>\n"), "\(path)")
                }
                stage.stage.clock.advance(by: .seconds(300))
                try await stage.write { session in
                    try session.execute(
                        "UPDATE courses_courseruncertificate SET is_revoked = NOT is_revoked")
                }
            }
            try await stage.run()
            let repaired = try stage.files()
            try FileManager.default.removeItem(atPath: stage.output)
            try await stage.run()
            #expect(try stage.files() == repaired && repaired.count == 4)
        }
    }

    private static func other(_ stage: CertificateStage) async throws -> Int {
        try await stage.write { session in
            try session.insertLearner(12, email: "bo@example.org", name: "Bo")
        }
        return 12
    }
}
