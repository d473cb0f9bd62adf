import Bytes
import Catalog
import Store

/// Reads what was written and not published yet (`spec/catalog.md` §10.8, rules 1 and 2).
public enum DraftReader {
    /// The pages with a draft, by page id, in one statement; of the revisions only those are read that are such drafts.
    ///
    /// - Throws: `StoreError` when a table, a column or the server is missing or a value is malformed; content that cannot be
    ///   read makes the draft's content null.
    public static func read(_ session: inout Session) throws -> [Draft] {
        let sql: SQL = """
            SELECT page.id, type.app_label, type.model, page.latest_revision_id, revision.created_at, revision.user_id,
                revision.approved_go_live_at, revision.content
            FROM wagtailcore_page AS page
            JOIN django_content_type AS type ON type.id = page.content_type_id
            LEFT JOIN wagtailcore_revision AS revision
                ON revision.id = page.latest_revision_id AND revision.object_id = CAST(page.id AS text)
            WHERE (page.has_unpublished_changes OR NOT page.live) AND page.latest_revision_id IS NOT NULL
                AND (page.live_revision_id IS NULL OR page.live_revision_id <> page.latest_revision_id)
            ORDER BY page.id
            """
        return try session.rows(sql.labelled("wagtailcore_revision")) { row in
            let (label, model): (String, String) = (try row["app_label"], try row["model"])
            let content: String? = try row["content"]
            return Draft(
                pageID: try row["id"], pageType: "\(label).\(model)", revisionID: try row["latest_revision_id"],
                created: try row["created_at"], authorID: try row["user_id"],
                approvedGoLive: try row["approved_go_live_at"],
                content: content.flatMap { try? JSONValue(parsing: $0.utf8) } ?? .null)
        }
    }
}
