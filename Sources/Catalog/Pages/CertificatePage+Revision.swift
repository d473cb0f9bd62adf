import Bytes

extension CertificatePage {
    /// The page as a revision has it (`spec/openedx.md` §11.2): its words are the revision's, its place in the tree and its state
    /// are the row's. A signatory whose page is gone is left out, since what was issued must not fail over it.
    ///
    /// - Parameters:
    ///   - content: the revision's content; nil comes back when it is no object.
    ///   - signatories: everybody who may sign, by page id.
    public convenience init?(_ row: CertificatePage, in content: JSONValue, signatories: [Int: Signatory]) {
        guard case .object = content else { return nil }
        let page = row.page
        let title = content["title"]?.string ?? page.title
        let signers = content["signatories"]?.stream
        self.init(
            page: Page(
                id: page.id, path: page.path, title: title, draftTitle: page.draftTitle,
                slug: content["slug"]?.string ?? page.slug, urlPath: page.urlPath, live: page.live,
                hasUnpublishedChanges: page.hasUnpublishedChanges, seoTitle: page.seoTitle,
                searchDescription: page.searchDescription, showInMenus: page.showInMenus,
                firstPublished: page.firstPublished, lastPublished: page.lastPublished, localeID: page.localeID,
                aliasOfID: page.aliasOfID, databaseRank: page.databaseRank),
            productName: content["product_name"]?.string ?? row.productName,
            ceus: content["CEUs"].map(\.scalar) ?? row.ceus,
            overrides: content["overrides"]?.stream.map(JSONValue.array) ?? row.overrides,
            signatories: signers.map { blocks in blocks.compactMap { $0["value"]?.int }.compactMap { signatories[$0] } }
                ?? row.signatories)
    }

    /// The hours that the page has for the run or program of `readableID` instead of its own; nil for none.
    public func overriddenCEUs(for readableID: String) -> String? {
        let block = overrides.array?.first { block in
            block["value"]?["readable_id"]?.string.map { $0.utf8.elementsEqual(readableID.utf8) } ?? false
        }
        return block?["value"]?["CEUs"]?.scalar
    }
}

extension JSONValue {
    /// The blocks of a stream, which revisions hold as JSON inside a text.
    fileprivate var stream: [JSONValue]? {
        switch self {
        case .array(let blocks): blocks
        case .string(let text): (try? JSONValue(parsing: text.utf8))?.array
        default: nil
        }
    }

    /// A text or a number as it is written.
    fileprivate var scalar: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
