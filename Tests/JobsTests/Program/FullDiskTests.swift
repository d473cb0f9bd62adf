import Foundation
import Store
import Support
import Testing

@Suite("A full disk under the SQLite file")
struct FullDiskTests {
    /// Runs the job on a small file system that is full from the beginning, then on one that fills while the LMS holds a
    /// call, and at last with room again; in a shell of its own whose mounts go with it. Its arguments are a run's command
    /// line, its variables the folder `ROOM` and the database `SOURCE`, which holds the result in the end.
    private static let script = """
        mount -t tmpfs -o size=16m none "$ROOM" && cp "$SOURCE" "$ROOM/test.db" || exit 90
        fill() { head -c 32m /dev/zero >"$ROOM/filler" 2>/dev/null; }
        fill; "$@"; echo "full: $?"; rm "$ROOM/filler"
        "$@" & job=$!
        until [ -e "$SIGNALS/held" ]; do sleep 0.02; done
        fill; touch "$SIGNALS/full"; wait $job; echo "filled: $?"; rm "$ROOM/filler"
        until "$@" --log-level error --metrics "$ROOM/jobs.prom" && grep -q success_timestamp "$ROOM/jobs.prom"; do sleep 0.2; done
        cp "$ROOM/test.db" "$SOURCE"
        """

    @Test(
        "73 and one line; what happened at the LMS is found by the next run, and happens once",
        .enabled(if: mayMount, "mounting takes a privilege"), .timeLimit(.minutes(20)))
    func full() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(1)
            try stage.scratch.write("", to: "room/.keep")
            try stage.scratch.write("", to: "signals/.keep")
            let signals = stage.scratch.path("signals")
            stage.lms.before(.enroll, pass: 1) { _ in
                try? stage.scratch.write("", to: "signals/held")
                while !FileManager.default.fileExists(atPath: "\(signals)/full") {
                    try? await Task.sleep(for: .milliseconds(10))
                }
            }
            let room = stage.scratch.path("room")
            let program = try stage.program([
                "DATABASE_URL": "sqlite:\(room)/test.db", "ROOM": room, "SIGNALS": signals,
                "SOURCE": String(stage.locator.dropFirst("sqlite:".count)),
            ])
            let result = try await program.run(
                ["run", "retry-enrollments", "--lease", "1s"],
                launcher: ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", Self.script, "sh"])
            #expect(result.output == "full: 73\nfilled: 73\n", "\(result.errors)")
            #expect(result.ending == .exit(0))
            let errors = result.errorLines
            #expect(errors.count == 2, "\(result.log)")
            #expect(errors.allSatisfy { $0.hasSuffix(#". Make room"}"#) }, "\(errors)")
            #expect(stage.lms.count(.enroll) == 1)
            let state = try await Database(stage.locator).read { session in try session.enrollmentLine(1) }
            #expect(state?.hasPrefix("active verified edx mails 0") == true)
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
