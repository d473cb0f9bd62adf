/// An image of the media library (`wagtailimages_image`).
public final class Image: Sendable {
    /// Primary key.
    public let id: Int
    /// The title that editors gave it.
    public let title: String
    /// The storage key, such as `original_images/dome.png`.
    public let file: String
    /// The width in pixels.
    public let width: Int
    /// The height in pixels.
    public let height: Int
    /// A digest of the file, may be empty.
    public let fileHash: String
    /// The smaller copies that exist.
    public let renditions: [Rendition]

    /// The row with these values.
    public init(
        id: Int, title: String, file: String, width: Int, height: Int, fileHash: String, renditions: [Rendition]
    ) {
        self.id = id
        self.title = title
        self.file = file
        self.width = width
        self.height = height
        self.fileHash = fileHash
        self.renditions = renditions
    }
}

/// A copy of an image in another size (`wagtailimages_rendition`).
public struct Rendition: Sendable {
    /// The image that it was made from.
    public let imageID: Int
    /// How it was made, such as `width-800`.
    public let filter: String
    /// The storage key.
    public let file: String
    /// The width in pixels.
    public let width: Int
    /// The height in pixels.
    public let height: Int

    /// The row with these values.
    public init(imageID: Int, filter: String, file: String, width: Int, height: Int) {
        self.imageID = imageID
        self.filter = filter
        self.file = file
        self.width = width
        self.height = height
    }
}
