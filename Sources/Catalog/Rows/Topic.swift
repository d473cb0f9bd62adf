/// A subject that courses are filed under, in two levels (`courses_coursestopic`).
public struct Topic: Hashable, Sendable {
    /// Primary key.
    public let id: Int
    /// The name; the same name may stand under two parents.
    public let name: String
    /// The parent topic's primary key, nil for a parent itself.
    public let parentID: Int?
    /// The place of the topic's name in the database's own order of names, which depends on its collation; equal names have
    /// one place.
    public let databaseRank: Int

    /// The row with these values.
    public init(id: Int, name: String, parentID: Int?, databaseRank: Int) {
        self.id = id
        self.name = name
        self.parentID = parentID
        self.databaseRank = databaseRank
    }
}
