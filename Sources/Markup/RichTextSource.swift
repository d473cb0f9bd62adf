/// Answers what the references of a rich text point to.
public protocol RichTextSource {
    /// The relative URL of a page, nil when there is no such page or it has no URL.
    func pageURL(id: Int) -> String?

    /// The base name of a document's file, not percent-encoded; nil when there is no such document.
    func documentFileName(id: Int) -> String?

    /// The rendition of an image that `filterSpec` (`width-800`) names, else the original; nil when there is no such
    /// image.
    func image(id: Int, filterSpec: String) -> RichTextImage?

    /// The HTML kept for an embedded medium, nil when none is.
    func embedHTML(url: String) -> String?
}

/// An image as a rich text shows it.
public struct RichTextImage: Hashable, Sendable {
    /// Where the image is, percent-encoded where its path needs it (``PercentEncoding/path(_:)``).
    public let url: String
    /// Pixels.
    public let width: Int
    /// Pixels.
    public let height: Int

    /// An image of `width` × `height` pixels at `url`.
    public init(url: String, width: Int, height: Int) {
        self.url = url
        self.width = width
        self.height = height
    }
}
