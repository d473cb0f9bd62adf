import Bytes
import Foundation
import Support

/// Times our whole render beside Hugo making the same pages, round by round, in memory.
enum PagesBench {
    private static let hugo = "/usr/bin/hugo"
    private static let layouts = "Tests/Bench/Hugo"

    /// Pages of one program: how many, their bytes, and how long each round took, in seconds.
    private struct Pages {
        let name: String
        var count = 0
        var bytes = 0
        var wall: [Double] = []

        var median: Double { wall.sorted()[wall.count / 2] }
        var rate: Double { Double(count) / median }

        /// Counts the HTML files below `folder`.
        mutating func count(in folder: String) throws {
            (count, bytes) = (0, 0)
            guard let below = FileManager.default.enumerator(atPath: folder) else {
                throw BenchError("\(folder) cannot be read")
            }
            var status = stat()
            for case let name as String in below where name.hasSuffix(".html") {
                guard stat("\(folder)/\(name)", &status) == 0 else { throw BenchError("\(folder)/\(name) is gone") }
                count += 1
                bytes += Int(status.st_size)
            }
        }
    }

    static func run(_ options: BenchOptions) async throws {
        guard FileManager.default.isExecutableFile(atPath: hugo) else {
            throw BenchError("\(hugo) is missing; install the package hugo")
        }
        let parent = options.folders.first ?? "/dev/shm"
        let folder = try WorkFolder(below: parent)
        defer { folder.remove() }
        let courses = options.sizes.max() ?? 5000
        let locator = "sqlite:\(folder.path)/catalog.sqlite"
        _ = try Child.succeed([try ownPath(), "--database", locator, "--courses", "\(courses)"])
        let output = "\(folder.path)/output"
        let render = [
            options.program, "render", "--database", locator, "--output", output, "--now", "\(SyntheticCatalog.now)",
            "--site-base-url", "https://mitxonline.mit.edu", "--log-level", "error", "--json",
        ]
        // The documents of this render are what Hugo's site is made of.
        _ = try Child.succeed(render)
        let site = "\(folder.path)/site"
        _ = try HugoSite(of: "\(output)/current/public/api/v2", layouts: layouts, in: site)
        var ours = Pages(name: "mitxonline-build: reads the database, JSON, validation and all")
        var theirs = Pages(name: "Hugo: reads its content files")
        try ours.count(in: "\(output)/current/public")
        for round in 0...options.runs {
            try FileManager.default.removeItem(atPath: output)
            let own = try Child.succeed(render)
            try? FileManager.default.removeItem(atPath: "\(folder.path)/pages")
            let other = try Child.succeed(
                [hugo, "--quiet", "--source", site, "--destination", "\(folder.path)/pages"],
                environment: ["HOME": folder.path, "HUGO_CACHEDIR": "\(folder.path)/cache"])
            // The first round only warms the caches.
            if round > 0 {
                ours.wall.append(own.wall)
                theirs.wall.append(other.wall)
            }
        }
        try theirs.count(in: "\(folder.path)/pages")
        say("Pages. \(machine); \(courses) courses, in \(parent); medians of \(options.runs), in turn\n")
        for pages in [ours, theirs] {
            say(
                "\(pages.name): \(pages.count) pages, \(pages.bytes / 1_000_000) MB in "
                    + String(format: "%.2f s = %.0f pages a second", pages.median, pages.rate))
        }
        say(String(format: "ratio %.2f (aim: 2)\n", ours.rate / theirs.rate))
    }
}
