#if DEBUG
import Support
import Testing

/// The program killed at each of its fault points, in the course of each thing that it does with the output.
@Suite("A program that is killed")
struct KilledTests {
    /// Something that changes the output, and what comes before it.
    enum Work: String, CaseIterable, Sendable {
        /// A snapshot that was never there, with an old one to be removed.
        case publishing
        /// A snapshot that is kept from earlier.
        case switchingBack
        /// An earlier snapshot, to be held.
        case rollingBack
        case releasing

        /// The instants of renders that come before; the rows are the same, so each interval of the clock has its snapshot.
        fileprivate var before: [String] {
            switch self {
            case .publishing: ["2024-01-01T00:00:00Z", "2025-02-01T00:00:00Z", BuildProgram.now]
            case .switchingBack, .rollingBack, .releasing: [BuildProgram.now, "2100-01-01T00:00:00Z"]
            }
        }

        /// The points that are passed; every point is passed by one of them.
        fileprivate var points: [String] {
            switch self {
            case .publishing:
                [
                    "file:1", "file:2", "file:30", "written", "synchronized", "installed", "listed", "linked",
                    "switched",
                    "retired",
                ]
            case .switchingBack: ["described", "listed", "linked", "switched"]
            case .rollingBack: ["described", "listed", "linked", "switched"]
            case .releasing: ["described"]
            }
        }

        fileprivate func words(_ catalog: TestCatalog) -> [String] {
            switch self {
            case .publishing:
                BuildProgram.rendering(
                    catalog.locator, into: catalog.workspace,
                    ["--now", "2100-01-01T00:00:00Z", "--keep-snapshots", "3", "--keep-for", "0s"])
            case .switchingBack: BuildProgram.rendering(catalog.locator, into: catalog.workspace)
            case .rollingBack: ["rollback", "--output", catalog.workspace.output]
            case .releasing: ["rollback", "--release", "--output", catalog.workspace.output]
            }
        }

        /// Brings the output from nothing to where the work begins.
        fileprivate func prepare(_ catalog: TestCatalog) async throws {
            if catalog.workspace.exists("output") { try catalog.workspace.remove("output") }
            for instant in before { try await catalog.publish("--now", instant, "--keep-for", "2d") }
            if self == .releasing {
                let result = try await BuildProgram().run(["rollback", "--output", catalog.workspace.output])
                try #require(result.ending == .exit(0))
            }
        }
    }

    @Test("every fault point is one of the work's")
    func points() async throws {
        let list = try await BuildProgram(["FAULT": "list"]).run(["render"])
        let all = Set(list.output.split(separator: "\n").map(String.init))
        let passed = Work.allCases.flatMap(\.points).map { "publish.\($0.prefix { $0 != ":" })" }
        #expect(all == Set(passed))
    }

    @Test(
        "CAT-34 at each step: what is served is complete, and the next run ends as if undisturbed",
        arguments: Work.allCases)
    func killed(work: Work) async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let workspace = catalog.workspace
            try await work.prepare(catalog)
            let before = try served(workspace)
            let undisturbed = try await BuildProgram().run(work.words(catalog))
            try #require(undisturbed.ending == .exit(0))
            let end = try workspace.tree().map(withoutInstant)
            let after = try served(workspace)

            for point in work.points {
                try await work.prepare(catalog)
                let killed = try await BuildProgram(["FAULT": "publish.\(point)"]).run(work.words(catalog))
                #expect(killed.ending == .exit(137), "\(point)")
                #expect(killed.output == "", "\(point)")
                #expect(try [before, after].contains(served(workspace)), "\(point)")
                let verified = try await BuildProgram().run(["verify", "--output", workspace.output])
                #expect(verified.ending == .exit(0), "\(point): \(verified.errors)")
                let next = try await BuildProgram().run(
                    work == .rollingBack && ["switched"].contains(point)
                        ? ["rollback", try #require(try workspace.servedID()), "--output", workspace.output]
                        : work.words(catalog))
                #expect(next.ending == .exit(0), "\(point): \(next.errors)")
                #expect(try workspace.tree().map(withoutInstant) == end, "\(point)")
            }
        }
    }

    /// What readers are served, without what the snapshot says about itself.
    private func served(_ workspace: Workspace) throws -> [String] {
        try workspace.tree("output/current/").filter { !$0.contains(" snapshot.json ") }
    }

    /// A line of a tree, in which what a snapshot says about itself has no digest: it tells when a hold began.
    private func withoutInstant(_ line: String) -> String {
        line.replacing(/(snapshot\.json) [0-9a-f]{64}/) { $0.output.1 }
    }
}
#endif
