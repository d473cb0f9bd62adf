import Bytes
import Catalog

/// Which files of the media storage belong to a snapshot, and where: what its pages show or link to, and the images that its
/// documents name.
public struct MediaPlan: Sendable {
    /// A file of the media storage in a snapshot.
    public struct File: Sendable {
        /// Below the site's root: `media/original_images/dome.png`.
        public let path: String
        /// The storage key: `original_images/dome.png`; nil for a path that no file of the storage has.
        public let key: String?
        /// What is to be said when the storage does not have it.
        public let warning: Warning
    }

    private let keys: MediaKeys
    /// The ids of images by the storage keys of their files and of the smaller copies.
    private let imageIDs: [ByteKey: Int]
    /// Storage keys of the images that documents name.
    private let named: [String]

    init(_ context: RenderContext) {
        let catalog = context.catalog
        keys = MediaKeys(catalog)
        var ids: [ByteKey: Int] = [:]
        for image in catalog.media.images.values {
            ids[ByteKey(image.file)] = image.id
            for rendition in image.renditions { ids[ByteKey(rendition.file)] = image.id }
        }
        imageIDs = ids
        let pages = catalog.courses.compactMap(\.page) + catalog.programs.compactMap(\.page)
        let shown = pages.filter { $0.page.live && !catalog.siteMap.isRestricted($0.page) }.map(\.featureImage)
        let portraits = context.shownInstructors().map(\.featureImage)
        named = (shown + portraits).compactMap { $0?.file }.filter { !$0.isEmpty }
    }

    /// The files of a snapshot whose pages show or link to `paths` (``PageLinks/Findings/media``), by path, each once.
    public func files(shownAt paths: Set<String>) -> [File] {
        let all = paths.union(named.map { "media/\($0)" })
        return all.sorted { ByteKey($0) < ByteKey($1) }.map { path in
            path.hasPrefix("media/") ? image(at: path) : document(at: path)
        }
    }

    private func image(at path: String) -> File {
        let key = keys.key(of: path)
        let id = key.flatMap { imageIDs[ByteKey($0)] }
        let name = key ?? path
        return File(
            path: path, key: key,
            warning: Warning(
                code: "media-missing", table: "wagtailimages_image", id: id.map { "\($0)" } ?? name,
                text: "Its file \(name) is not in the media storage, so that pages show no image; upload it again."))
    }

    private func document(at path: String) -> File {
        let key = keys.key(of: path)
        return File(
            path: path, key: key,
            warning: Warning(
                code: "media-missing", table: "wagtaildocs_document",
                id: MediaAddress.documentID(in: path).map { "\($0)" } ?? path,
                text:
                    "Its file \(key ?? path) is not in the media storage, so that links to it lead nowhere; upload it again."
            )
        )
    }
}

/// The media storage's own names of the files that pages know as `media/…` and `documents/…`.
public struct MediaKeys: Sendable {
    private let documents: [Int: String]

    /// The names of what `catalog` has.
    public init(_ catalog: CourseCatalog) {
        documents = catalog.media.publicDocuments
    }

    /// The storage key of the file at `path`: of `media/original_images/dome.png` it is `original_images/dome.png`, of
    /// `documents/12/list.pdf` what the row 12 says. Nil for a path that no file of the storage has.
    public func key(of path: String) -> String? {
        guard MediaAddress.isFit(path) else { return nil }
        if path.hasPrefix("media/") { return String(decoding: path.utf8.dropFirst("media/".utf8.count), as: UTF8.self) }
        return MediaAddress.documentID(in: path).flatMap { documents[$0] }
    }
}
