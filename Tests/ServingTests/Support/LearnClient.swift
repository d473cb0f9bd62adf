import Bytes
import Support
import Testing

/// `Tests/LearnClient`, which reads a server as MIT Learn does.
struct LearnClient: Sendable {
    let socket: String

    /// What an import gets from the two addresses.
    func imports(courses: String, programs: String, key: String? = nil, now: String) async throws -> JSONValue {
        try await document(Self.importing(courses: courses, programs: programs, key: key, now: now))
    }

    /// Why an import fails.
    func failure(courses: String, programs: String, key: String? = nil) async throws -> String {
        let words = Self.importing(courses: courses, programs: programs, key: key, now: "2026-11-23T20:45:00Z")
        return try await failure(words)
    }

    /// What the product pages of a site show.
    func products(_ words: [String], of site: String) async throws -> JSONValue {
        try await document(["products", "--site", site, "--origin", "https://learn.mit.edu"] + words)
    }

    /// Why the client fails.
    func failure(_ arguments: [String]) async throws -> String {
        let result = try await run(arguments)
        #expect(result.ending == .exit(1) && result.output.isEmpty, "\(result)")
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 1, "\(result.errors)")
        return lines.first.map(String.init) ?? ""
    }

    private func document(_ arguments: [String]) async throws -> JSONValue {
        let result = try await run(arguments)
        try #require(result.ending == .exit(0), "\(result.errors)")
        return try JSONValue(parsing: Array(result.output.utf8))
    }

    private func run(_ arguments: [String]) async throws -> ProgramResult {
        let python = try InstalledProgram("python3", in: ["/usr/bin", "/usr/local/bin"], package: "python3")
        return try await python.run(
            [Repository.path("Tests/LearnClient")] + arguments + ["--connect", "unix:\(socket)"],
            environment: ["PYTHONDONTWRITEBYTECODE": "1"])
    }

    private static func importing(courses: String, programs: String, key: String?, now: String) -> [String] {
        ["import", "--courses", courses, "--programs", programs, "--now", now] + (key.map { ["--api-key", $0] } ?? [])
    }
}
