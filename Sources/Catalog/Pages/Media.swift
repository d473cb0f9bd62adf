import Bytes

/// What rich text refers to by id or address.
public struct Media: Sendable {
    /// Images by id.
    public let images: [Int: Image]
    /// Storage keys of documents by id, such as `documents/reading-list.pdf`.
    public let documents: [Int: String]
    /// The same of those that everybody may have: no view restriction stands on their collection or one above it.
    public let publicDocuments: [Int: String]
    /// HTML of embedded media by URL.
    public let embeds: [String: String]

    /// The base name of a document's file, not percent-encoded; nil when there is no such document.
    public func documentFileName(id: Int) -> String? {
        documents[id].map { $0.split(separator: "/").last.map(String.init) ?? "" }
    }

    init(data: CatalogData) {
        images = Dictionary(data.images.map { ($0.id, $0) }) { first, _ in first }
        documents = data.documents
        publicDocuments = data.documents.filter { !data.restrictedDocumentIDs.contains($0.key) }
        embeds = data.embeds
    }
}
