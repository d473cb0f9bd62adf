import Bytes
import Catalog
import Store

/// Reads the catalog's tables, one statement each, at any size (`spec/catalog.md` §2).
///
/// Everything is read in one transaction, so that all rows belong to one moment.
public struct CatalogReader: ~Copyable {
    var data = CatalogData()
    /// Pages by id, for the tables that extend them.
    var pages: [Int: Page] = [:]
    /// Images by id.
    var images: [Int: Image] = [:]
    /// What a content type's id stands for, such as `courses.courserun`.
    var contentTypes: [Int: String] = [:]

    private init() {}

    /// The whole catalog as the session's snapshot shows it.
    ///
    /// - Throws: `StoreError` when a table, a column or the server is missing or a value is malformed; ``CatalogError`` when
    ///   a row names another that is not there.
    public static func read(_ session: inout Session) throws -> CatalogData {
        var reader = CatalogReader()
        try reader.readContentTypes(&session)
        try reader.readCourses(&session)
        try reader.readPrograms(&session)
        try reader.readAttributes(&session)
        try reader.readPageTree(&session)
        try reader.readMedia(&session)
        try reader.readInstructors(&session)
        try reader.readCertificates(&session)
        try reader.readProductPages(&session)
        try reader.readOtherPages(&session)
        return reader.data
    }

    /// The rows of a table that links two others.
    mutating func links(
        _ session: inout Session, _ table: String, owner: String, target: String,
        _ read: (borrowing Row) throws -> CatalogData.Link
    ) throws -> [CatalogData.Link] {
        try session.rows(.table(table, columns: ["id", owner, target], orderBy: ["id"]), read)
    }

    private mutating func readContentTypes(_ session: inout Session) throws {
        try session.forEach(.table("django_content_type", columns: "id, app_label, model", orderBy: "id")) { row in
            let (label, model): (String, String) = (try row["app_label"], try row["model"])
            contentTypes[try row["id"]] = "\(label).\(model)"
        }
    }
}
