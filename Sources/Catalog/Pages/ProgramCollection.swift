/// A hand-picked list of programs (`courses_programcollection`).
public struct ProgramCollection: Sendable {
    /// What it has in common with all pages.
    public let page: Page
    /// Rich text.
    public let description: String
    /// What it lists, by order (none last), then by item id.
    public var items: [Item] = []

    /// One program of a collection.
    public struct Item: Sendable {
        /// Primary key of `courses_programcollectionitem`.
        public let id: Int
        /// The program.
        public let programID: Int
        /// The place that editors gave it.
        public let order: Int?

        /// The row with these values.
        public init(id: Int, programID: Int, order: Int?) {
            self.id = id
            self.programID = programID
            self.order = order
        }
    }

    /// The row with these values.
    public init(page: Page, description: String) {
        self.page = page
        self.description = description
    }
}
