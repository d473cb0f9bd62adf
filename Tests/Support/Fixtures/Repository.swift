import Foundation

/// The repository that the tests belong to.
public enum Repository {
    /// Its top folder.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Where the file or folder `name` is.
    public static func path(_ name: String) -> String {
        root.appending(path: name).path(percentEncoded: false)
    }
}
