import Bytes
import Foundation
import Support
import Testing

@Suite("Images and documents of a render")
struct MediaOptionTests {
    private static let key = "original_images/dome.png"

    /// The media storage of Fixture F, without its image if it `isEmpty`.
    private func storage(in workspace: Workspace, isEmpty: Bool = false) throws -> String {
        let folder = workspace.path("media")
        try FileManager.default.createDirectory(
            atPath: "\(folder)/original_images", withIntermediateDirectories: true)
        if !isEmpty { try Data("a dome".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(Self.key)")) }
        return folder
    }

    private func warnings(_ catalog: TestCatalog) throws -> [JSONValue] {
        let path = "\(catalog.workspace.output)/current/snapshot.json"
        let document = try JSONValue(parsing: try Data(contentsOf: URL(fileURLWithPath: path)))
        return document["warnings"]?.array ?? []
    }

    @Test("what pages show is part of the snapshot, as a further name of the storage's file")
    func shown() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let folder = try storage(in: catalog.workspace)
            try await catalog.publish("--media", folder)
            let file = "\(catalog.workspace.output)/current/public/media/\(Self.key)"
            let numbers = try [file, "\(folder)/\(Self.key)"].map {
                try FileManager.default.attributesOfItem(atPath: $0)[.systemFileNumber] as? UInt64
            }
            #expect(numbers[0] == numbers[1])
            #expect(try !warnings(catalog).contains { $0["code"] == .string("media-missing") })
            #expect(try await BuildProgram().run(["verify", "--output", catalog.workspace.output]).ending == .exit(0))
            // Nothing changed: nothing is written.
            #expect(try await catalog.render("--media", folder).output.contains("unchanged"))
        }
    }

    @Test("an image that is missing is told by its row, and the catalog is published all the same")
    func missing() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish("--media", try storage(in: catalog.workspace, isEmpty: true))
            let warning = try #require(try warnings(catalog).first { $0["code"] == .string("media-missing") })
            #expect(warning["table"] == .string("wagtailimages_image"))
            #expect(warning["text"]?.string?.contains(Self.key) == true)
        }
    }

    @Test("a storage that is not there is a wrong configuration, and nothing is touched")
    func noStorage() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let folder = catalog.workspace.path("nowhere")
            try await catalog.render("--media", folder).expectFailure(
                78, "cannot open \(folder): No such file or directory; check --media")
            #expect(try catalog.workspace.tree() == before)
        }
    }

    /// Rich text that somebody wrote to do harm.
    private static let hostile: [(name: String, text: String)] = [
        (
            "script",
            "<p>kept</p><script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>"
        ),
        ("10,000 nested tags", "<p>kept</p>" + String(repeating: "<div><b>", count: 10_000) + "deep"),
        ("10 MB", "<p>kept</p>" + String(repeating: "<p>Lorem &amp; ipsum</p>", count: 430_000)),
        ("control characters", "<p>kept\u{1}\u{8}\u{c}</p>"),
    ]

    @Test("hostile rich text becomes a page without harm", arguments: hostile.map(\.name))
    func hostileText(name: String) async throws {
        let text = try #require(Self.hostile.first { $0.name == name }?.text)
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.execute("UPDATE cms_coursepage SET about = \(text) WHERE page_ptr_id = 10")
            try await catalog.publish()
            let path = "\(catalog.workspace.output)/current/public/courses/course-v1:MITx+6.100x/index.html"
            let page = try String(contentsOfFile: path, encoding: .utf8)
            #expect(page.contains("kept"))
            for harm in ["alert(1)", "onerror", "javascript:", "\u{1}"] { #expect(!page.contains(harm), "\(harm)") }
        }
    }
}
