import Catalog
import Markup

/// The URL of a file in the media storage.
enum MediaURL {
    /// The percent-encoded path below the host.
    static func path(of image: Image) -> String { path(of: image.file) }

    /// The same for a storage key.
    static func path(of file: String) -> String { PercentEncoding.path("/media/" + file) }
}
