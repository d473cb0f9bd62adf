import Bytes
import Catalog

/// The order of lists by title or name (`spec/catalog.md` §6.1).
extension RenderContext {
    /// By lower-cased title, then title, then id, all by code points; in `strict` the order in which the database gave the
    /// rows, which are sorted by title there.
    func inTitleOrder<Row>(_ rows: [Row], id: (Row) -> Int, title: (Row) -> String) -> [Row] {
        guard !isStrict else { return rows }
        return rows.map { row in (key: TitleKey(title: title(row), id: id(row)), row: row) }
            .sorted { $0.key < $1.key }
            .map(\.row)
    }
}

/// What a title is sorted by.
private struct TitleKey: Comparable {
    let folded: ByteKey
    let title: ByteKey
    let id: Int

    init(title: String, id: Int) {
        folded = ByteKey(title.lowercased())
        self.title = ByteKey(title)
        self.id = id
    }

    static func < (left: TitleKey, right: TitleKey) -> Bool {
        if left.folded != right.folded { return left.folded < right.folded }
        if left.title != right.title { return left.title < right.title }
        return left.id < right.id
    }
}
