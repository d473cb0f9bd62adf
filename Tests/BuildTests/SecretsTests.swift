import Foundation
import Support
import Testing

/// Each run of the program checks that no output shows a canary; here are the files, and where it is likeliest.
@Suite("Secrets and learners' data")
struct SecretsTests {
    @Test("stand in no file that is published, on either engine, in either mode", arguments: Engine.allCases)
    func files(engine: Engine) async throws {
        try await withCatalog(engine, .golden()) { catalog in
            let learners = try Fixture.golden().tables["users_user"]
            let columns = try #require(learners?.columns)
            let email = try #require(columns.firstIndex(of: "email"))
            let emails = try #require(learners?.rows).compactMap { $0[email]?.lowercased() }
            #expect(emails.count > 5)
            for mode in ["improved", "strict"] {
                try await catalog.publish("--compat", mode, "--log-level", "debug")
                let folder = catalog.workspace.path("output/current/")
                let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
                #expect(files.count > 100)
                for file in files {
                    guard let data = FileManager.default.contents(atPath: folder + file) else { continue }
                    let text = String(decoding: data, as: UTF8.self).lowercased()
                    #expect(!text.contains(Canaries.word), "\(file)")
                    for email in emails { #expect(!text.contains(email), "\(file)") }
                }
            }
        }
    }

    @Test("a password in a file or a credential is used and not shown")
    func passwordFile() async throws {
        let workspace = try Workspace()
        try workspace.write("*:*:*:*:\(Canaries.word)-file\n", to: "credentials/PGPASSFILE")
        try #require(chmod(workspace.path("credentials/PGPASSFILE"), 0o600) == 0)
        let program = try BuildProgram([
            "PGPASSWORD": nil, "CREDENTIALS_DIRECTORY": workspace.path("credentials"), "MITX_ONLINE_LOG_LEVEL": "debug",
        ])
        let locator = try await PostgresServer.shared.locator("postgres", through: .postgres, user: "locked")
        let result = try await program.run(BuildProgram.rendering(locator, into: workspace))
        #expect(result.ending == .exit(78))
        #expect(result.message?.contains("the server refused the user or the password (SQLSTATE 28P01)") == true)
    }

    @Test("a value that cannot be read is not quoted")
    func malformed() async throws {
        try await withCatalog(.sqlite, .f(), foreignKeys: false) { catalog in
            for (table, column) in [
                ("courses_courserun", "start_date"), ("courses_course", "live"), ("ecommerce_product", "price"),
            ] {
                try await catalog.execute("UPDATE \(identifier: table) SET \(identifier: column) = \(Canaries.word)")
                let result = try await catalog.render("--log-level", "debug")
                #expect(result.ending == .exit(65))
            }
        }
        let workspace = try Workspace()
        try workspace.write(
            "id,name,slug,created_on,updated_on\n1,Biology,biology,\(Canaries.word),\(Canaries.word)\n",
            to: "tables/courses_department.csv")
        let result = try await BuildProgram().run([
            "import", workspace.path("tables"), "--database", "sqlite:\(workspace.path("new.sqlite"))",
        ])
        #expect(result.ending == .exit(65))
    }
}
