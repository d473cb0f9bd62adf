import Bytes

/// A page of plain text, such as the terms of service (`cms_resourcepage`, `cms_innerresourcepage`).
public struct ResourcePage: Sendable {
    /// A heading with the rich text below it.
    public struct Section: Sendable {
        /// The heading, plain text.
        public let heading: String
        /// Rich text.
        public let detail: String
    }

    /// What it has in common with all pages.
    public let page: Page
    /// The image at its head.
    public let headerImage: Image?
    /// What it says, in order.
    public let sections: [Section]

    /// The row with these values; of `content`, a stream of blocks, what is no heading with a text is left out.
    public init(page: Page, headerImage: Image?, content: JSONValue) {
        self.page = page
        self.headerImage = headerImage
        sections = (content.array ?? []).compactMap { block in
            guard block["type"]?.string == "content", let value = block["value"] else { return nil }
            return Section(heading: value["heading"]?.string ?? "", detail: value["detail"]?.string ?? "")
        }
    }
}
