import Bytes
import Catalog
import Store

/// Reads the catalog's tables, one statement each, at any size (`spec/catalog.md` §2).
///
/// Everything is read in one transaction, so that all rows belong to one moment.
public struct CatalogReader: ~Copyable {
    var data = CatalogData()
    /// What a content type's id stands for, such as `courses.courserun`.
    var contentTypes: [Int: String] = [:]
    var enrollmentModes: [Int: EnrollmentMode] = [:]
    /// The sets of modes that runs and programs have, by the modes' ids.
    var enrollmentModeSets: [[Int]: [EnrollmentMode]] = [:]
    var departments: [Int: Department] = [:]
    var topics: [Int: Topic] = [:]
    /// Pages by id, for the tables that extend them.
    var pages: [Int: Page] = [:]
    var images: [Int: Image] = [:]

    private init() {}

    /// The whole catalog as the session's snapshot shows it.
    ///
    /// - Throws: `StoreError` when a table, a column or the server is missing or a value is malformed; `CatalogError` when
    ///   a row names another that is not there.
    public static func read(_ session: inout Session) throws -> CatalogData {
        var reader = CatalogReader()
        try reader.readAttributes(&session)
        let products = try reader.products(&session)
        try reader.readCourses(&session)
        try reader.readRuns(&session, products: products.ofRuns)
        try reader.readPrograms(&session, products: products.ofPrograms)
        try reader.readPageTree(&session)
        try reader.readMedia(&session)
        try reader.readProductPages(&session)
        try reader.readOtherPages(&session)
        try reader.readSite(&session)
        return reader.data
    }

    /// What is attached to each owner by a table that links two others, in the order of the links.
    func links(
        _ session: inout Session, _ table: String, owner: StaticString, target: StaticString
    ) throws -> [Int: [Int]] {
        var targets: [Int: [Int]] = [:]
        // Links of one owner mostly follow one another.
        var current: (owner: Int, targets: [Int])?
        try session.forEach(.table(table, columns: ["id", "\(owner)", "\(target)"], orderBy: ["id"])) { row in
            let (owner, target): (Int, Int) = (try row[owner], try row[target])
            if current?.owner == owner {
                current?.targets.append(target)
            } else {
                if let current { targets[current.owner, default: []] += current.targets }
                current = (owner, [target])
            }
        }
        if let current { targets[current.owner, default: []] += current.targets }
        return targets
    }
}
