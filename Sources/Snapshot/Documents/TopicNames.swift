import Bytes
import Catalog

/// The topics that documents name (`spec/catalog.md` §7.5).
extension RenderContext {
    /// The page's own topics by name, then their parents by name.
    func topicNames(of page: ProductPage?) -> [String] {
        guard let page else { return [] }
        let own = page.topics.map(\.name).sorted { ByteKey($0) < ByteKey($1) }
        let parents = Set(page.topics.compactMap(\.parentID)).compactMap { catalog.topics[$0] }
        return own + inNameOrder(parents).map(\.name)
    }

    /// The distinct topics of a program's live courses by name, without their parents.
    func topicNames(of program: Program) -> [String] {
        var seen: Set<ByteKey> = []
        let topics = program.requirements.classifiedCourseIDs
            .compactMap { catalog.course($0) }.filter(\.live)
            .flatMap { $0.page?.topics ?? [] }
        return inNameOrder(topics).map(\.name).filter { seen.insert(ByteKey($0)).inserted }
    }

    /// By code points, or in `strict` as the database orders names.
    func inNameOrder(_ topics: [Topic]) -> [Topic] {
        topics.sorted { left, right in
            if isStrict { return left.databaseRank < right.databaseRank }
            let (leftName, rightName) = (ByteKey(left.name), ByteKey(right.name))
            return leftName == rightName ? left.id < right.id : leftName < rightName
        }
    }
}
