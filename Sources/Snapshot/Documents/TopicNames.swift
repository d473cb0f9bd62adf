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

    /// By code points, or in `strict` as the database orders names; equal names by id.
    func inNameOrder(_ topics: [Topic]) -> [Topic] {
        topics.sorted { nameRank($0) < nameRank($1) }
    }

    /// What a topic is sorted by; in `strict` the database's own order of names comes first.
    func nameRank(_ topic: Topic) -> (Int, ByteKey, Int) {
        (isStrict ? topic.databaseRank : 0, ByteKey(topic.name), topic.id)
    }
}
