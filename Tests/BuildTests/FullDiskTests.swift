import Foundation
import Support
import Testing

@Suite("A full file system")
struct FullDiskTests {
    /// Renders, fills the file system, renders something else, verifies, makes room and renders again; in a shell of its own
    /// whose mounts go with it. Its arguments are a render's command line, its variables `OUTPUT` and `PROGRAM`.
    private static let script = """
        mount -t tmpfs -o size=3m none "$OUTPUT" && "$@" >/dev/null || exit 90
        served=$(readlink "$OUTPUT/current")
        head -c 8m /dev/zero >"$OUTPUT/filler" 2>/dev/null
        MITXONLINE_PAGE_SIZE=1 "$@"; echo "full: $?"
        [ "$(readlink "$OUTPUT/current")" = "$served" ] && echo "served as before"
        ls -A "$OUTPUT/snapshots" | grep -c .
        rm "$OUTPUT/filler"
        "$PROGRAM" verify --output "$OUTPUT" | grep -c "all as published"
        MITXONLINE_PAGE_SIZE=1 "$@" --log-level error | head -c 9; echo
        """

    @Test(
        "73; what is served stays, nothing is left of the new one; with room again it is published",
        .enabled(if: mayMount, "mounting takes a privilege; a limit on the size of files stands for it elsewhere"))
    func full() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try FileManager.default.createDirectory(
                atPath: catalog.workspace.output, withIntermediateDirectories: true)
            let program = try BuiltProgram(BuildProgram.name).path
            let result = try await BuildProgram(["OUTPUT": catalog.workspace.output, "PROGRAM": program]).run(
                BuildProgram.rendering(catalog.locator, into: catalog.workspace),
                launcher: ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", Self.script, "sh"])
            #expect(result.output == "full: 73\nserved as before\n1\n1\npublished\n", "\(result.errors)")
            #expect(result.log.contains { $0.contains("No space left on device; free some space or raise the limit") })
        }
    }

    /// Whether this process has the capability CAP_SYS_ADMIN, number 21.
    private static let mayMount: Bool = {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let bits = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
        return bits & (1 << 21) != 0
    }()
}
