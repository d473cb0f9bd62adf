import Foundation
import Store

extension SyntheticCatalog {
    /// Writes the files of the images and documents that the catalog at `locator` names into the folder `media`: one small
    /// picture again and again, which is enough for whoever follows links.
    ///
    /// - Throws: `StoreError`, and what the file system says.
    public static func writeMedia(of locator: String, to media: String) async throws {
        let names = try await Database(locator).read { session in
            var names: [String] = []
            for table in ["wagtailimages_image", "wagtailimages_rendition", "wagtaildocs_document"] {
                names += try session.rows(.table(table, columns: "file", orderBy: "id")) { row -> String in
                    try row["file"]
                }
            }
            return names
        }
        let picture = Data(base64Encoded: onePixel) ?? Data()
        for name in names {
            let place = URL(filePath: media).appending(path: name)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try picture.write(to: place)
        }
    }

    /// A PNG file of one black pixel.
    private static let onePixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
}
