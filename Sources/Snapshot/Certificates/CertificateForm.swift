import Bytes
import Catalog

/// What the certificates of one run or program have in common that show the same revision of a page.
public struct CertificateForm: Sendable {
    /// What stands in place of the page.
    public enum Obstacle: String, Sendable {
        /// There is neither a revision nor a live certificate page.
        case noPage = "no_page"
        /// The page belongs to another course or program.
        case foreignPage = "foreign_page"
        /// The run or program is not in the catalog.
        case unknownSubject = "unknown_subject"
    }

    /// What the page prints; nil when there is none.
    let printed: CertificatePage?
    /// Why there is no page.
    public let obstacle: Obstacle?
    /// Whether the revision's content could not be read, so that the page shows what is published instead.
    public let isUnreadable: Bool
    /// The id of the revision.
    public let revisionID: Int?
    /// What was completed.
    let product: String
    /// Of a program.
    let programType: String?
    let isProgram: Bool
    /// The hours of the run or program, where the page has others for it.
    let ceus: String?
    /// The page as JSON, or `null`.
    let pageJSON: [UInt8]
    /// The run with its course, or the program, as JSON, or `null`.
    let subjectJSON: [UInt8]
    /// Changes when anything does that certificates of this form show beside what is their own.
    public internal(set) var digest = SHA256.hash([])

    /// Whether there is a page, and not only the document.
    public var hasPage: Bool { printed != nil }

    /// Whether there is a page that nobody signs.
    public var hasNobodySigning: Bool { printed.map(\.signatories.isEmpty) ?? false }

    /// The signatures that the page shows, by their keys in the media storage.
    public var signatureFiles: [String] {
        printed?.signatories.compactMap { $0.signature?.file }.filter { !$0.isEmpty } ?? []
    }
}
