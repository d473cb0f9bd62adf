import Bytes
import Foundation
import Store
import Support
import Testing

/// A catalog that the program has rendered, behind nginx.
struct ServedCatalog: Sendable {
    /// Opens the internal documents. It has signs that mean something else in a regular expression.
    static let key = "Test.Key+1"

    /// The credentials that MIT Learn sends.
    static let credentials = ["Authorization": "Api-Key \(key)"]

    /// The settings of Fixture F (`spec/catalog.md` §14), with lists of one item a page.
    static let settingsOfF = [
        "--now", "2026-11-23T20:45:00Z", "--site-base-url", "https://mitxonline.mit.edu", "--openedx-course-base-url",
        "http://edx.odl.local:18000/learn/course/", "--page-size", "1",
    ]

    private static let f = Task { try await ServedCatalog("f", settings: settingsOfF) }
    private static let golden = Task {
        try await ServedCatalog(
            "golden/db",
            settings: [
                "--now", "2026-09-15T14:30:00Z", "--site-base-url", "http://mitxonline.example.org",
                "--openedx-course-base-url", "https://courses.example.org/learn/course/", "--compat", "strict",
                "--page-size", "4",
            ], texts: "golden/how-youll-learn.json")
    }

    /// Fixture F, the same for all tests, which must not change it.
    static func fixtureF() async throws -> ServedCatalog { try await f.value }

    /// The database behind the recorded answers, in strict, likewise.
    static func recorded() async throws -> ServedCatalog { try await golden.value }

    private let server: NginxServer
    private let locator: String
    private let settings: [String]

    /// Imports the tables in a folder below `Tests/Fixtures`, renders them, and serves the result.
    ///
    /// - Parameter texts: a file there with texts of the installation's own on how one learns.
    init(_ fixture: String, settings: [String], texts: String? = nil) async throws {
        server = try NginxServer(keys: [Self.key])
        locator = "sqlite:\(server.output).sqlite"
        var settings = settings + ["--learn-base-url", "https://learn.mit.edu"]
        if let texts {
            let copyFile = "\(server.output).json"
            let copy = try #"{"how_youll_learn":\#(FixtureFiles.text(texts))}"#
            try copy.write(toFile: copyFile, atomically: false, encoding: .utf8)
            settings += ["--html-copy-file", copyFile]
        }
        self.settings = settings
        try await run(["import", Repository.path("Tests/Fixtures/\(fixture)"), "--database", locator])
        try await publish()
    }

    /// Renders the database as it is now.
    func publish() async throws {
        try await run(["render", "--database", locator, "--output", server.output] + settings)
    }

    private func run(_ arguments: [String]) async throws {
        let result = try await BuiltProgram("mitxonline-build").run(arguments)
        try #require(result.ending == .exit(0), "\(result.errors)")
    }

    /// Changes the database.
    func execute(_ statement: SQL) async throws {
        try await Database(locator).write { session in try session.execute(statement) }
    }

    /// Asks the server for a path with its query.
    func get(_ target: String, _ headers: [String: String] = [:]) throws -> HTTPResponse {
        try server.client.get(target, headers)
    }

    /// Sends another request than GET.
    func send(_ method: String, _ target: String, _ headers: [String: String] = [:]) throws -> HTTPResponse {
        try server.client.send(method, target, headers)
    }

    /// The bytes of a file of the snapshot that is served, whose path begins with its root.
    func file(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(server.output)/current/\(path)")))
    }

    /// The id of the snapshot that is served.
    func snapshotID() throws -> String {
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(server.output)/current")
        return try #require(target.split(separator: "/").last.map(String.init))
    }

    /// A reader of this catalog.
    var learnClient: LearnClient { LearnClient(socket: server.socket) }

    /// What nginx complained about when it started.
    var complaints: String { server.complaints }
}
