import Bytes
import Publisher
import Snapshot
import Testing

@Suite("A catalog that shrinks")
struct ShrinkGuardTests {
    let folder: TemporaryFolder
    let store: SnapshotStore

    init() throws {
        folder = try TemporaryFolder()
        store = SnapshotStore(directory: folder.path("output"))
    }

    /// Publishes a catalog of so many courses, all live and in MIT Learn's catalog, and programs.
    private func publish(
        courses: Int, programs: Int = 0, inLearn: Int? = nil, _ change: (inout PublishOptions) -> Void = { _ in }
    ) async throws -> PublishOutcome {
        let results = (0..<courses).map { number in
            #"{"readable_id":"course-\#(number)","include_in_learn_catalog":\#(number < inLearn ?? courses)}"#
        }
        var files = [
            "internal/api/internal/courses/page/1/index.json": "{\"results\":[\(results.joined(separator: ","))]}"
        ]
        for number in 0..<courses { files["public/api/v2/courses/course-\(number)/index.json"] = "{}" }
        for number in 0..<programs { files["public/api/v2/programs/program-\(number)/index.json"] = "{}" }
        let document = SnapshotDocument(
            compat: "improved", renderedAt: SmallSnapshot.now, nextChangeAt: nil,
            counts: [
                Count("courses_live", courses), Count("courses_in_learn_catalog", inLearn ?? courses),
                Count("programs", programs),
            ], warnings: [])
        let artifacts = files.map { Artifact(path: $0.key, body: ArtifactBody(Array($0.value.utf8))) }
        return try await store.publish(try await FinishedSnapshot(artifacts), document: document, change)
    }

    @Test(
        "is refused when it falls by more than a fifth and more than three, or to none",
        arguments: [
            (100, 80, true), (100, 79, false), (100, 70, false), (10, 7, true), (10, 6, false), (4, 1, true),
            (3, 1, true), (1, 0, false), (20, 16, true), (20, 15, false), (0, 0, true), (5, 9, true),
        ])
    func limits(before: Int, after: Int, isAllowed: Bool) async throws {
        let first = try await publish(courses: before)
        if isAllowed {
            #expect(try await publish(courses: after).snapshotID.count == 16)
        } else {
            let listing = try folder.listing()
            let error = await #expect(throws: PublishError.self) { try await publish(courses: after) }
            #expect(error?.code == .shrunk)
            #expect(try folder.listing() == listing)
            #expect(try store.list().map(\.id) == [first.snapshotID])
            #expect(try await publish(courses: after) { $0.allowsShrink = true }.action == .published)
        }
    }

    @Test("the refusal counts and names what would vanish, kind by kind")
    func words() async throws {
        _ = try await publish(courses: 30, programs: 5)
        let error = await #expect(throws: PublishError.self) { try await publish(courses: 5, programs: 0, inLearn: 4) }
        let courses = (5..<30).map { "course-\($0)" }.sorted()
        let inLearn = (4..<30).map { "course-\($0)" }.sorted()
        #expect(
            error?.description
                == "cannot replace current (in the output folder): live courses fall from 30 to 5: "
                + courses.prefix(20).joined(separator: ", ") + " and 5 more; "
                + "courses of MIT Learn's catalog fall from 30 to 4: "
                + inLearn.prefix(20).joined(separator: ", ") + " and 6 more; "
                + "live programs fall from 5 to 0: program-0, program-1, program-2, program-3, program-4; "
                + "if this is meant, render with --allow-shrink")
    }

    @Test("courses that only leave MIT Learn's catalog count too")
    func outOfLearn() async throws {
        _ = try await publish(courses: 20, inLearn: 20)
        let error = await #expect(throws: PublishError.self) { try await publish(courses: 20, inLearn: 2) }
        #expect(error?.code == .shrunk)
        #expect(error?.description.contains("course-19") == true)
    }

    @Test("what cannot be compared is refused too: a snapshot.json that nobody can read")
    func unreadable() async throws {
        let first = try await publish(courses: 10)
        try folder.write("{}", to: "output/snapshots/\(first.snapshotID)/snapshot.json")
        let error = await #expect(throws: PublishError.self) { try await publish(courses: 11) }
        #expect(error?.code == .shrunk)
        #expect(try await publish(courses: 11) { $0.allowsShrink = true }.action == .published)
    }
}
