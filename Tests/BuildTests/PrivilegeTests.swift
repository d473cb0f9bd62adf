import Foundation
import Store
import Support
import Testing

@Suite("A role with few rights")
struct PrivilegeTests {
    @Test("needs what catalog-role.sql grants, and nothing else; a missing right names the table")
    func selectOnly() async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            // Roles belong to the server; the name is this test's own.
            let role = "reader_\(UUID().uuidString.prefix(8).lowercased())"
            let file = FixtureFiles.folder.appending(path: "../../deploy/postgresql/catalog-role.sql")
            let script = try String(contentsOf: file, encoding: .utf8)
            let tables = script.split(separator: "\n").filter { $0.hasPrefix("    ") }.map { line in
                String(line.trimmingPrefix("    ").prefix { $0 != "," })
            }
            try await catalog.execute(
                "CREATE ROLE \(identifier: role) LOGIN", SQL(stringLiteral: script.replacing(":\"role\"", with: role)))
            let words = BuildProgram.rendering(catalog.locator(user: role), into: catalog.workspace)
            let whole = try await BuildProgram().run(words)
            #expect(whole.ending == .exit(0), "\(whole.errors)")
            let before = try catalog.workspace.tree()
            for table in tables {
                try await catalog.execute("REVOKE SELECT ON \(identifier: table) FROM \(identifier: role)")
                try await BuildProgram().run(words).expectFailure(
                    78,
                    """
                    \(catalog.place), table \(table): permission denied for table \(table) (SQLSTATE 42501). Grant the \
                    right to the role, or to the user of this program
                    """)
                try await catalog.execute("GRANT SELECT ON \(identifier: table) TO \(identifier: role)")
            }
            #expect(try catalog.workspace.tree() == before)
            try await catalog.execute("DROP OWNED BY \(identifier: role)", "DROP ROLE \(identifier: role)")
        }
    }

    @Test("an SQLite file that may only be read, in a folder that may only be read")
    func readOnlyFile() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let path = String(catalog.locator.dropFirst("sqlite:".count))
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            #expect(chmod(path, 0o444) == 0 && chmod(folder, 0o555) == 0)
            defer { chmod(folder, 0o755) }
            let result = try await catalog.render(launcher: BuiltProgram.withoutPrivileges)
            #expect(result.ending == .exit(0), "\(result.errors)")
        }
    }
}
