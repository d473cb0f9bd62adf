import Bytes
import Support
import Testing

@Suite("Golden answers")
struct GoldenTests {
    @Test("every recorded answer says how it is compared, and why not if it is not")
    func complete() throws {
        for row in try GoldenComparison.all() {
            switch row.method {
            case .none: #expect(!row.note.isEmpty && row.document.isEmpty, "\(row)")
            case .absent: #expect(!row.document.isEmpty, "\(row)")
            default: #expect(row.answer.status == 200 && !row.document.isEmpty, "\(row)")
            }
        }
    }

    @Test("each recorded body can be rebuilt to the byte from its re-indented file")
    func bodies() throws {
        let compared = try GoldenComparison.all().filter { $0.method != .none && $0.method != .absent }
        #expect(compared.count == 51)
        for row in compared { #expect(throws: Never.self, "\(row)") { try row.answer.body() } }
    }

    @Test("a document that equals the recorded body passes, one with another value is named by its pointer")
    func document() throws {
        let row = try row("/api/v2/departments/")
        let body = try row.answer.body()
        #expect(try row.difference { $0 == "public/api/v2/departments/index.json" ? body : nil } == nil)
        let changed = String(decoding: body, as: UTF8.self).replacing("\"slug\":\"biology\"", with: "\"slug\":\"x\"")
        let difference = try row.difference { _ in Array(changed.utf8) }
        #expect(difference == #"/0/slug: expected "biology", found "x" (in id 4)"#)
        #expect(throws: FixtureError.self) { try row.difference { _ in nil } }
        #expect(throws: FixtureError.self) { try row.difference { _ in body + [0x0a] } }
    }

    @Test("of a page only next and previous may be ours")
    func page() throws {
        let row = try row("/api/v2/courses/?live=True&page=2")
        let ours = String(decoding: try row.answer.body(), as: UTF8.self)
            .replacing("?live=True\"", with: "page/1/\"")
        #expect(try row.difference { _ in Array(ours.utf8) } == nil)
        let count = ours.replacing("\"count\":14", with: "\"count\":15")
        #expect(try row.difference { _ in Array(count.utf8) } == "/count: expected 14, found 15")
    }

    @Test("items are found in our list, whose order counts")
    func items() throws {
        let row = try row("/api/v2/courses/?id=1,2,15&live=true")
        let lists = try ["live_True", "live_True_page_2"].map {
            try FixtureFiles.json("golden/v2/v2_courses_\($0).json")["results"]?.array ?? []
        }
        func list(_ items: [JSONValue]) -> [UInt8] {
            JSONValue.object([.init(key: "results", value: .array(items))]).compactBytes
        }
        #expect(try row.difference { _ in list(lists[0] + lists[1]) } == nil)
        #expect(try row.difference { _ in list(lists[1] + lists[0]) } != nil)
        #expect(try row.difference { _ in list(lists[0]) } != nil)
    }

    @Test("pages documents are compared in their own layout and cut to the recorded limit")
    func pages() throws {
        let row = try row("/api/v2/pages/?type=cms.CertificatePage&limit=2")
        let recorded = try row.answer.document()
        let (meta, items) = (try #require(recorded["meta"]), try #require(recorded["items"]?.array))
        func ours(_ items: [JSONValue]) -> [UInt8] {
            JSONValue.object([.init(key: "meta", value: meta), .init(key: "items", value: .array(items))]).compactBytes
        }
        #expect(try row.difference { _ in ours(items + items) } == nil)
        #expect(try row.difference { _ in ours(items.reversed()) } == "/items/0/id: expected 23, found 26 (in id 23)")
    }

    @Test("a document that must not be there is reported")
    func absent() throws {
        let row = try row("/api/v2/courses/4/")
        #expect(try row.difference { _ in nil } == nil)
        #expect(try row.difference { _ in [] } == "public/api/v2/courses/4/index.json exists")
    }

    private func row(_ request: String) throws -> GoldenComparison {
        try #require(try GoldenComparison.all().first { $0.answer.request == request })
    }
}
