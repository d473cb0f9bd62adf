import Foundation
import Support

/// A copy of the sound site, for a test to change. It is removed when the test lets go of it.
struct EditedSite: ~Copyable, Sendable {
    let site: RenderedSite

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flows-\(UUID().uuidString)")
        site = RenderedSite(folder: folder.path(percentEncoded: false), origin: RenderedSite.sound.origin)
        try FileManager.default.copyItem(atPath: RenderedSite.sound.folder, toPath: site.folder)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: site.folder)
    }

    /// Replaces in `file` the one place that says `original`; an empty original appends.
    ///
    /// - Parameter result: where to write the changed file; nil: in its own place.
    func replace(_ original: String, by replacement: String, in file: String, into result: String? = nil) throws {
        let text = try String(contentsOfFile: "\(site.folder)/\(file)", encoding: .utf8)
        guard original.isEmpty || text.components(separatedBy: original).count == 2 else {
            throw Unedited(file: file, original: original)
        }
        let edited =
            original.isEmpty ? text + replacement : text.replacingOccurrences(of: original, with: replacement)
        let place = URL(filePath: "\(site.folder)/\(result ?? file)")
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try edited.write(to: place, atomically: false, encoding: .utf8)
    }

    /// The text to replace is not there, or more than once.
    struct Unedited: Error {
        let file: String
        let original: String
    }
}
