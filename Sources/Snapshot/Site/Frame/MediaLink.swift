import Catalog
import Markup

/// An image of the media library on a page.
struct ImageView: TemplateRecord {
    let source: String
    let width: Int
    let height: Int
    /// What the image shows in words; empty for one that only adorns.
    var alternative = ""

    static let fields = TemplateFields<ImageView>(
        .text("source", \.source), .number("width", \.width), .number("height", \.height),
        .text("alternative", \.alternative))
}

/// How pages link to files of the media library: relative, percent-encoded, with the file's digest against stale copies
/// (`spec/catalog.md` §7.2).
enum MediaLink {
    /// The image as `place` shows it, in the first of the sizes in `filters` that exists, else as it is; nil without a file.
    static func view(
        of image: Image?, preferring filters: [String] = [], from place: PagePlace, alternative: String = ""
    ) -> ImageView? {
        guard let image, !image.file.isEmpty else { return nil }
        let rendition = filters.lazy.compactMap { filter in image.renditions.first { $0.filter == filter } }.first
        return ImageView(
            source: place.root + address(of: rendition?.file ?? image.file, hash: image.fileHash),
            width: rendition?.width ?? image.width, height: rendition?.height ?? image.height,
            alternative: alternative)
    }

    /// The absolute address of the image, for readers that are not on the page.
    static func absoluteURL(of image: Image?, settings: RenderSettings) -> String? {
        guard let image, !image.file.isEmpty else { return nil }
        return "\(settings.siteBaseURL)/\(address(of: image.file, hash: image.fileHash))"
    }

    private static func address(of file: String, hash: String) -> String {
        "\(PercentEncoding.path("media/" + file))?v=\(PercentEncoding.path(hash))"
    }
}
