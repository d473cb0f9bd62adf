import Bytes
import Catalog
import Support
import Testing

@testable import Snapshot

/// Dates and revisions of certificates (`spec/openedx.md` §11.2, §11.3).
@Suite("Rules of certificates")
struct CertificateRuleTests {
    @Test(
        "months are cut short as the existing application cuts them",
        arguments: [
            ("01", "Jan."), ("02", "Feb."), ("03", "March"), ("04", "April"), ("05", "May"), ("06", "June"),
            ("07", "July"), ("08", "Aug."), ("09", "Sept."), ("10", "Oct."), ("11", "Nov."), ("12", "Dec."),
        ])
    func dates(month: String, name: String) throws {
        let instant = try Timestamp(fixture: "2026-\(month)-03T23:59:59Z")
        #expect(DateText.shortDay(of: instant) == "\(name) 3, 2026")
    }

    private static func page(_ content: String) throws -> CertificatePage? {
        let page = Page(
            id: 50, path: "00010001", title: "Row", draftTitle: "Row", slug: "row", urlPath: "/row/", live: true,
            hasUnpublishedChanges: false, seoTitle: "", searchDescription: "", showInMenus: false,
            firstPublished: nil, lastPublished: nil, localeID: 1, aliasOfID: nil, databaseRank: 0)
        let row = CertificatePage(
            page: page, productName: "Row", ceus: "9", overrides: .array([]), signatories: [])
        let signatory = Signatory(id: 60, name: "A", titles: [nil, nil, nil], organization: nil, signature: nil)
        return CertificatePage(row, in: try JSONValue(parsing: content.utf8), signatories: [60: signatory])
    }

    @Test(
        "streams are read inside a text and as they are",
        arguments: [
            #"{"overrides": [{"type": "course_run", "value": {"readable_id": "r", "CEUs": 1.50}}], "signatories": [{"value": 60}, {"value": 61}]}"#,
            #"{"overrides": "[{\"value\": {\"readable_id\": \"r\", \"CEUs\": \"1.50\"}}]", "signatories": "[{\"value\": 60}]"}"#,
        ])
    func streams(content: String) throws {
        let page = try #require(try Self.page(content))
        #expect(page.overriddenCEUs(for: "r") == "1.50" && page.overriddenCEUs(for: "R") == nil)
        #expect(page.signatories.map(\.id) == [60])
        #expect(page.productName == "Row" && page.ceus == "9")
    }

    @Test("words are the revision's, the place and the state are the row's; what is no object is no revision")
    func words() throws {
        let page = try #require(
            try Self.page(
                #"{"title": "T", "slug": "s", "product_name": "P", "CEUs": null, "live": false, "overrides": 7}"#))
        #expect(page.page.title == "T" && page.page.slug == "s" && page.productName == "P" && page.ceus == nil)
        #expect(page.page.live && page.page.path == "00010001" && page.overriddenCEUs(for: "r") == nil)
        #expect(try Self.page("[]") == nil && Self.page("null") == nil)
    }
}
