import Bytes
import Foundation
import Store
import Support
import Testing

/// Certificates of the sample's courses and programs, for invented learners, as the program writes them.
struct SampleCertificates: Sendable {
    /// Behind the server as it is delivered.
    let site: RenderedSite
    /// Their addresses: of a course, of a program, with a credential, and with the longest names.
    static let pages = [1, 2, 3].map { "certificate/\(number($0))/" } + ["certificate/program/\(number(4))/"]

    static let served = Task { try await SampleCertificates() }
    private let server: NginxServer
    private static let origin = "https://site.example"

    private static func number(_ id: Int) -> String { "5b0f0a52-5f0e-4c1c-9d63-00000000000\(id)" }

    private init() async throws {
        let server = try NginxServer(keys: [])
        let locator = "sqlite:\(server.output).sqlite"
        try await Self.run("mitxonline-build", ["import", Repository.path("Samples/catalog"), "--database", locator])
        try await Self.run(
            "mitxonline-build",
            ["render", "--database", locator, "--output", server.output, "--site-base-url", Self.origin])
        try await Database(locator).write { session in try Self.insert(in: &session) }
        try await Self.run(
            "mitxonline-jobs",
            [
                "render-certificates", "--database", locator, "--output", server.output, "--site-base-url", Self.origin,
                "--media", Repository.path("Samples/media"),
            ])
        site = RenderedSite(
            folder: "\(server.output)/certificates", origin: Self.origin, socket: server.socket)
        self.server = server
    }

    private static func run(_ program: String, _ arguments: [String]) async throws {
        let result = try await BuiltProgram(program).run(arguments)
        try #require(result.ending == .exit(0), "\(result.errors)")
    }

    private static func insert(in session: inout Session) throws {
        let longName = "Maria-Magdalena Wilhelmina van der Westhuizen-Featherstonehaugh y Fernández de Córdoba"
        try session.insertLearner(1, username: "ada", name: "Ada Lovelace")
        try session.insertLearner(2, username: "mm", email: "mm@example.org", name: longName)
        let courses: [Int] = try session.rows(
            """
            SELECT r.id AS id FROM courses_courserun r JOIN cms_coursepage p ON p.course_id = r.course_id
            JOIN wagtailcore_page w ON w.id = p.page_ptr_id
            JOIN wagtailcore_page c ON c.path LIKE w.path || '____' AND c.live
            JOIN cms_certificatepage k ON k.page_ptr_id = c.id ORDER BY length(k.signatories) DESC, r.id
            """
        ) { row in try row["id"] }
        let program: Int =
            try session.first(
                """
                SELECT p.program_id AS id FROM cms_programpage p JOIN wagtailcore_page w ON w.id = p.page_ptr_id
                JOIN wagtailcore_page c ON c.path LIKE w.path || '____' AND c.live
                JOIN cms_certificatepage k ON k.page_ptr_id = c.id ORDER BY length(k.signatories) DESC LIMIT 1
                """
            ) { row in try row["id"] } ?? 0
        let first = try #require(courses.first)
        let issued = "2026-09-03T00:30:00Z"
        try session.insertCourseCertificate(1, user: 1, run: first, uuid: number(1), issued: issued)
        try session.insertCourseCertificate(2, user: 2, run: first, uuid: number(2), issued: issued)
        try session.insertCourseCertificate(
            3, user: 1, run: try #require(courses.last), uuid: number(3), issued: issued)
        try session.insertProgramCertificate(4, user: 2, program: program, uuid: number(4), issued: issued)
        let document =
            #"{"id": "urn:uuid:x", "issuer": {"id": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"}}"#
        for (table, id) in [("courses_courseruncertificate", 2), ("courses_programcertificate", 4)] {
            let uuid = try #require(UniqueID(number(id)))
            let then = try Timestamp(fixture: issued)
            try session.execute(
                """
                INSERT INTO courses_verifiablecredential (uuid, created_on, updated_on, credential_data)
                VALUES (\(uuid), \(then), \(then), \(try JSONValue(parsing: document.utf8)))
                """)
            try session.execute(
                "UPDATE \(identifier: table) SET verifiable_credential_id = \(uuid) WHERE id = \(id)")
        }
    }
}
