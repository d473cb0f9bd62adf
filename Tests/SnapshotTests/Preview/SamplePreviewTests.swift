import Bytes
import Catalog
import Foundation
import Snapshot
import Support
import Testing

@Suite("Previews of the sample's drafts")
struct SamplePreviewTests {
    private func previewed(_ engine: Engine = .sqlite) async throws -> PreviewedFixture {
        try await PreviewedFixture(try Fixture(folder: "../../Samples/catalog"), from: engine)
    }

    @Test("every draft is shown but the one that names what is gone; the newest comes first")
    func all() async throws {
        let previewed = try await previewed()
        #expect(
            previewed.drafted.pages.map(\.draft.pageID) == [
                262, 3, 13, 212, 227, 401, 301, 22, 104, 310, 252, 127, 258,
            ])
        #expect(
            previewed.preview.problems.map { "\($0.pageID) \($0.problem)" } == [
                "252 feature_image: names image 999, which does not exist; choose another one and save the draft"
            ])
        #expect(previewed.preview.problems.map(\.title) == [try previewed.page(252).title])
        #expect(try !previewed.text("252/index.html").contains("Nothing differs"))
        #expect(
            Set(try previewed.changes(212).keys) == ["search_description", "price", "max_price", "about", "topics"])
        #expect(try previewed.changes(212)["topics"] == "[19,20,21] -> [19,21,24]")
        #expect(Set(try previewed.changes(401).keys) == ["CEUs", "signatories"])
        #expect(try previewed.changes(3).keys.sorted() == ["hero_subtitle", "hero_title"])
        #expect(try previewed.changes(13).keys.sorted() == ["content"])
    }

    @Test("each kind of page is drawn by the site's own template")
    func kinds() async throws {
        let previewed = try await previewed()
        for (id, words) in [
            (3, "A new term of good questions"), (13, "id=\"do-i-have-to-pay\""), (22, "<b>two</b> programs"),
            (104, "<h1>Rafael Quispe Mamani</h1>"), (127, "weaves circuits"), (227, "Materials for a Net-Zero World"),
            (258, "Withdrawn."), (262, "Unfinished thoughts"), (301, "Why this program"), (310, "Three questions"),
            (401, "Alex Example"), (401, "00000000-0000-0000-0000-000000000000"), (401, "invented"),
        ] {
            #expect(try previewed.text("\(id)/index.html").contains(words), "\(id) \(words)")
        }
    }

    @Test("every link leads to another draft, an asset or image beside it, or to the site; no id is there twice")
    func links() async throws {
        let previewed = try await previewed()
        let files = Set(previewed.preview.artifacts.map(\.path))
            .union(previewed.preview.media.map { "preview/\($0)" })
        for artifact in previewed.preview.artifacts where artifact.path.hasSuffix(".html") {
            let text = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(!text.contains("@@"), "\(artifact.path)")
            let ids = text.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
            #expect(Set(ids).count == ids.count, "\(artifact.path)")
            for match in text.matches(of: /(?:href|src)="([^"]*)"/) {
                let link = String(match.1)
                if link.contains("://") || link.hasPrefix("mailto:") { continue }
                if link.hasPrefix("#") {
                    #expect(ids.contains(String(link.dropFirst())), "\(artifact.path) \(link)")
                    continue
                }
                let base = URL(string: "http://preview.example.org/\(artifact.path)")
                let target = try #require(URL(string: link, relativeTo: base)).absoluteURL.path(percentEncoded: false)
                let file = String(target.dropFirst()) + (target.hasSuffix("/") ? "index.html" : "")
                #expect(files.contains(file), "\(artifact.path) \(link)")
            }
        }
    }

    @Test("both engines give the same bytes")
    func engines() async throws {
        let (sqlite, postgres) = (try await previewed(.sqlite), try await previewed(.postgres))
        let bodies = [sqlite, postgres].map { previewed in
            previewed.preview.artifacts.map {
                "\($0.path) \(String(decoding: $0.body.bytes(snapshotID: ""), as: UTF8.self))"
            }
            .sorted()
        }
        #expect(bodies[0].count == bodies[1].count)
        for (left, right) in zip(bodies[0], bodies[1]) where left != right {
            Issue.record("differs: \(left.prefix(60))")
        }
    }

    @Test("images that the storage lacks are taken from the site")
    func withoutMedia() async throws {
        let previewed = try await PreviewedFixture(
            try Fixture(folder: "../../Samples/catalog"), from: .sqlite, hasMedia: { _ in false })
        #expect(previewed.preview.media.isEmpty)
        #expect(try previewed.text("3/index.html").contains("src=\"https://mitxonline.mit.edu/media/"))
    }
}
