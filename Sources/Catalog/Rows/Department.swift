/// A department of the university (`courses_department`).
public struct Department: Hashable, Sendable {
    /// Primary key.
    public let id: Int
    /// The name, unique.
    public let name: String
    /// The word in URLs, unique.
    public let slug: String

    /// The row with these values.
    public init(id: Int, name: String, slug: String) {
        self.id = id
        self.name = name
        self.slug = slug
    }
}
