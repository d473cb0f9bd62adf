import Foundation
import Support

/// A copy of the sound site in which something was changed. It is removed when the test lets go of it.
struct EditedSite: ~Copyable, Sendable {
    let site: RenderedSite

    /// Replaces in `file` the one place that says `original`; an empty original appends.
    init(_ file: String, _ original: String, _ replacement: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flows-\(UUID().uuidString)")
        site = RenderedSite(folder: folder.path(percentEncoded: false), origin: RenderedSite.sound.origin)
        try FileManager.default.copyItem(atPath: RenderedSite.sound.folder, toPath: site.folder)
        let place = folder.appending(path: file)
        let text = try String(contentsOf: place, encoding: .utf8)
        guard !original.isEmpty else {
            try (text + replacement).write(to: place, atomically: false, encoding: .utf8)
            return
        }
        guard text.components(separatedBy: original).count == 2 else {
            throw Unedited(file: file, original: original)
        }
        let edited = text.replacingOccurrences(of: original, with: replacement)
        try edited.write(to: place, atomically: false, encoding: .utf8)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: site.folder)
    }

    /// The text to replace is not there, or more than once.
    struct Unedited: Error {
        let file: String
        let original: String
    }
}
