/// One reason why a snapshot must not be published.
public struct SnapshotProblem: Hashable, Sendable {
    /// The path of the artifact, root included: `public/api/v2/courses/index.json`.
    public let path: String
    /// Where in the document, as a JSON pointer (RFC 6901); empty for the document as a whole.
    public let pointer: String
    /// What is wrong there, in words; no text of the catalog is quoted.
    public let text: String
}

extension SnapshotProblem: CustomStringConvertible {
    /// One line: the file, the place in it, and what is wrong.
    public var description: String {
        pointer.isEmpty ? "\(path): \(text)" : "\(path) \(pointer): \(text)"
    }
}
