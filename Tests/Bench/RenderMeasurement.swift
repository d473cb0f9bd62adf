import Bytes
import Foundation
import Store
import Support

/// Measures the renders of one database, round by round.
///
/// Each round begins with an empty folder and goes through all cases, the copy next to the cold render: whatever slows the
/// machine down for a while slows down both sides of a ratio.
struct RenderMeasurement {
    private let render: [String]
    private let folder: String
    private let course: CourseTitle
    /// What was measured so far.
    private(set) var series: Series

    private var output: String { "\(folder)/output" }

    /// Renders of the database at `locator`, in an empty folder.
    init(of locator: String, _ series: Series, program: String, folder: String) async throws {
        render = [
            program, "render", "--database", locator, "--output", "\(folder)/output", "--now",
            "\(SyntheticCatalog.now)", "--site-base-url", "https://mitxonline.mit.edu", "--log-level", "error",
            "--json",
        ]
        self.folder = folder
        self.series = series
        course = try await CourseTitle(in: locator)
    }

    /// Adds the samples of one round. Round 0 only warms the caches.
    mutating func measure(round: Int) async throws {
        let (samples, tree) = try await samples(of: round)
        series.tree = tree
        guard round > 0 else { return }
        for (kind, sample) in samples { series.samples[kind, default: []].append(sample) }
    }

    private func samples(of round: Int) async throws -> ([(Case, Sample)], Series.Tree) {
        defer { try? FileManager.default.removeItem(atPath: output) }
        let cold = try Child.succeed(render)
        guard let id = try JSONValue(parsing: cold.output)["snapshot_id"]?.string else {
            throw BenchError("the program does not say which snapshot it wrote")
        }
        let finished = "\(output)/snapshots/\(id)"
        var samples = [(Case.cold, Sample(cold))]
        samples.append((.copy, Sample(try Child.succeed(["/bin/cp", "-r", finished, "\(folder)/copy"]))))
        try FileManager.default.removeItem(atPath: "\(folder)/copy")
        let tree = try Series.Tree(of: finished)
        samples.append((.unchanged, Sample(try Child.succeed(render))))
        if let stale = try ifStale() { samples.append((.ifStale, Sample(stale))) }
        try await course.set(toEndIn: " (\(round + 1))")
        samples.append((.changed, Sample(try Child.succeed(render))))
        return (samples, tree)
    }

    /// Nil when the program has no such option.
    private func ifStale() throws -> Child? {
        let usage: Int32 = 64
        let child = try Child.run(render + ["--if-stale"], quietly: true)
        guard child.status == 0 || child.status == usage else {
            throw BenchError("status \(child.status) of --if-stale")
        }
        return child.status == 0 ? child : nil
    }
}

/// The title of a course that is listed, which changes from round to round.
private struct CourseTitle {
    private let database: Database
    private let id: Int
    private let title: String

    init(in locator: String) async throws {
        database = try Database(locator)
        let listed: SQL = """
            SELECT c.id AS id, c.title AS title FROM courses_course c
            JOIN cms_coursepage d ON d.course_id = c.id JOIN wagtailcore_page p ON p.id = d.page_ptr_id
            WHERE c.live AND p.live AND NOT p.has_unpublished_changes ORDER BY c.id LIMIT 1
            """
        let course = try await database.read { session in
            try session.first(listed) { row in (id: try row["id"] as Int, title: try row["title"] as String) }
        }
        guard let course else { throw BenchError("no course is listed") }
        (id, title) = course
    }

    func set(toEndIn suffix: String) async throws {
        let title = title + suffix
        let id = id
        try await database.write { session in
            try session.execute("UPDATE courses_course SET title = \(title) WHERE id = \(id)")
        }
    }
}

extension Series.Tree {
    /// Counts the files below `folder`.
    fileprivate init(of folder: String) throws {
        guard let below = FileManager.default.enumerator(atPath: folder) else {
            throw BenchError("\(folder) cannot be read")
        }
        var status = stat()
        for case let name as String in below {
            guard lstat("\(folder)/\(name)", &status) == 0 else { throw BenchError("\(folder)/\(name) cannot be read") }
            guard status.st_mode & S_IFMT == S_IFREG else { continue }
            files += 1
            bytes += Int(status.st_size)
        }
    }
}
