import Bytes
import Store

extension Session {
    /// The revision of the certificate page that new certificates of these courses or programs name: of the first live
    /// certificate page below the product page, in the order of the tree; the one that is live rather than a draft
    /// (`spec/openedx.md` §11.2). Products without such a page are missing.
    ///
    /// - Parameter products: ids of `courses_course` or `courses_program`.
    /// - Throws: ``StoreError``.
    public mutating func certificateRevisions(
        _ kind: CertificateKind, of products: some Sequence<Int>
    ) throws -> [Int: Int] {
        let (table, column) =
            switch kind {
            case .course: ("cms_coursepage", "course_id")
            case .program: ("cms_programpage", "program_id")
            }
        var first: [Int: (path: ByteKey, revision: Int)] = [:]
        try forEach(
            """
            SELECT p.\(identifier: column) AS product, c.path AS path,
                coalesce(c.live_revision_id, c.latest_revision_id) AS revision
            FROM \(identifier: table) p
            JOIN wagtailcore_page parent ON parent.id = p.page_ptr_id
            JOIN wagtailcore_page c ON c.depth = parent.depth + 1 AND c.live
                AND substr(c.path, 1, length(parent.path)) = parent.path
            JOIN cms_certificatepage k ON k.page_ptr_id = c.id
            WHERE p.\(identifier: column) \(in: products)
            """
        ) { row in
            guard let revision: Int = try row["revision"] else { return }
            let product: Int = try row["product"]
            let path = ByteKey(try row["path"] as String)
            if let known = first[product], known.path < path { return }
            first[product] = (path, revision)
        }
        return first.mapValues(\.revision)
    }
}
