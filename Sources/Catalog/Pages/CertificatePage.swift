import Bytes

/// What the certificates of a course or program say (`cms_certificatepage`).
public final class CertificatePage: Sendable {
    /// What it has in common with all pages.
    public let page: Page
    /// The product's name as certificates print it.
    public let productName: String
    /// Continuing education units, free text.
    public let ceus: String?
    /// Other values for single runs: a stream of blocks.
    public let overrides: JSONValue
    /// Who signs, in order.
    public let signatories: [Signatory]

    /// The row with these values.
    public init(page: Page, productName: String, ceus: String?, overrides: JSONValue, signatories: [Signatory]) {
        self.page = page
        self.productName = productName
        self.ceus = ceus
        self.overrides = overrides
        self.signatories = signatories
    }
}

/// Somebody who signs certificates (`cms_signatorypage`).
public struct Signatory: Sendable {
    /// Primary key of the page.
    public let id: Int
    /// The name.
    public let name: String
    /// Up to three lines below the name.
    public let titles: [String?]
    /// The organisation.
    public let organization: String?
    /// The signature.
    public let signature: Image?

    /// The row with these values.
    public init(id: Int, name: String, titles: [String?], organization: String?, signature: Image?) {
        self.id = id
        self.name = name
        self.titles = titles
        self.organization = organization
        self.signature = signature
    }
}
