import Bytes

/// What rich text refers to by id or address.
public struct Media: Sendable {
    /// Images by id.
    public let images: [Int: Image]
    /// File names of documents by id.
    public let documents: [Int: String]
    /// HTML of embedded media by URL.
    public let embeds: [String: String]

    init(data: CatalogData) {
        images = Dictionary(data.images.map { ($0.id, $0) }) { first, _ in first }
        documents = data.documents
        embeds = data.embeds
    }
}
