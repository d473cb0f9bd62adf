import Foundation
import Testing

/// `.ci/packages.sh` on machines made of stubs.
@Suite("Installing packages")
struct PackagesScriptTests {
    private struct Result: Equatable {
        let status: Int32
        let output: String
        let diagnostics: String
    }

    /// Runs the script where only the commands of `stubs` exist, besides those that the shell itself brings.
    private func run(_ purpose: String, stubs: [String: String]) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, body) in stubs {
            // Written by another process: were it open for writing here while another test starts a program, that program
            // would have it open for a moment, and it could not be executed.
            let writer = try Process.run(
                URL(fileURLWithPath: "/bin/sh"),
                arguments: [
                    "-c", #"printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod 755 "$1""#, "sh",
                    folder.appendingPathComponent(name).path, body,
                ])
            writer.waitUntilExit()
            try #require(writer.terminationStatus == 0)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [SourceTree.root.appendingPathComponent(".ci/packages.sh").path, purpose]
        process.environment = ["PATH": folder.path]
        let (output, diagnostics) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = diagnostics
        try process.run()
        let texts = [output, diagnostics].map {
            String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: texts[0], diagnostics: texts[1])
    }

    private let onlyLibraries =
        #"case "$*" in *libpq-dev* | *sqlite* | *ssl* | *xml2* | *pkg-config*) echo installed ;; *) exit 1 ;; esac"#
    private let onlyForTests = """
         postgresql pgbouncer nginx python3 systemd chromium chromium-driver default-jre-headless python3-icalendar \
        python3-pip python3-pyld python3-selenium
        """
    private let environment = #"shift; "$@""#

    @Test("nothing missing, nothing happens")
    func complete() throws {
        #expect(
            try run("test", stubs: ["dpkg-query": "echo installed"]) == Result(status: 0, output: "", diagnostics: ""))
        #expect(
            try run("build", stubs: ["dpkg-query": onlyLibraries]) == Result(status: 0, output: "", diagnostics: ""))
    }

    @Test("root installs what is missing, after one update")
    func root() throws {
        let stubs = [
            "dpkg-query": onlyLibraries, "id": "echo 0", "env": environment, "apt-get": #"echo "apt-get $*""#,
        ]
        #expect(
            try run("test", stubs: stubs)
                == Result(
                    status: 0,
                    output: """
                        Installing:\(onlyForTests)
                        apt-get update --quiet --quiet
                        apt-get install --yes --no-install-recommends\(onlyForTests) --quiet --quiet

                        """, diagnostics: ""))
    }

    @Test("a user who needs no password installs by sudo")
    func sudo() throws {
        let stubs = [
            "dpkg-query": onlyLibraries, "id": "echo 1000", "env": environment, "apt-get": "exit 0",
            "sudo": #"[ "$1" = -n ] || exit 1; shift; [ "$1" = true ] && exit; echo "sudo $1"; "$@""#,
        ]
        #expect(
            try run("test", stubs: stubs)
                == Result(
                    status: 0,
                    output: "Installing:\(onlyForTests)\nsudo apt-get\nsudo env\n",
                    diagnostics: ""))
    }

    @Test("anyone else is told the one command to run")
    func user() throws {
        let stubs = ["dpkg-query": "exit 1", "id": "echo 1000", "sudo": "exit 1"]
        #expect(
            try run("build", stubs: stubs)
                == Result(
                    status: 69, output: "",
                    diagnostics: """
                        Packages are missing. Please run: sudo apt-get update && sudo apt-get install --yes \
                        --no-install-recommends libsqlite3-dev libpq-dev libssl-dev libcurl4-openssl-dev libxml2-dev pkg-config

                        """))
    }

    @Test("a failed installation ends with 69")
    func offline() throws {
        let stubs = ["dpkg-query": "exit 1", "id": "echo 0", "apt-get": "exit 100"]
        let result = try run("build", stubs: stubs)
        #expect(result.status == 69)
        #expect(result.diagnostics.hasPrefix("The packages cannot be installed; try by hand: apt-get update && "))
    }
}
