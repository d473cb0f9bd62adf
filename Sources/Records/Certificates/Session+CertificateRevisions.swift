import Bytes
import Store

extension Session {
    /// The ids of what certificates are for, by the ids of the courses or programs that have their pages: the runs of courses, and
    /// programs themselves.
    ///
    /// - Throws: ``StoreError``.
    public mutating func certificateSubjects(_ kind: CertificateKind, of products: [Int]) throws -> [Int: [Int]] {
        guard kind == .course else { return Dictionary(products.map { ($0, [$0]) }) { first, _ in first } }
        var runs: [Int: [Int]] = [:]
        try forEach("SELECT id, course_id FROM courses_courserun WHERE course_id \(in: products) ORDER BY id") { row in
            runs[try row["course_id"], default: []].append(try row["id"])
        }
        return runs
    }

    /// Has the certificates of `subjects`, revoked ones too, show `revision`: those that show none, or all of them. Returns the
    /// ids of those that changed.
    ///
    /// - Throws: ``StoreError``.
    public mutating func setCertificateRevision(
        _ kind: CertificateKind, to revision: Int, of subjects: [Int], all: Bool, at now: Timestamp
    ) throws -> [Int] {
        let which: SQL =
            all
            ? "(certificate_page_revision_id IS NULL OR certificate_page_revision_id <> \(revision))"
            : "certificate_page_revision_id IS NULL"
        return try rows(
            """
            UPDATE \(identifier: kind.table) SET certificate_page_revision_id = \(revision), updated_on = \(now)
            WHERE \(identifier: kind.subject) \(in: subjects) AND \(sql: which) RETURNING id
            """
        ) { row in try row["id"] }.sorted()
    }

    /// Writes the product name of the live certificate page into the revisions that program certificates show, where it is another
    /// (`spec/openedx.md` §17, backfill program titles); a name that is empty or a placeholder is none. Returns the ids of the
    /// revisions that changed.
    ///
    /// - Throws: ``StoreError``.
    public mutating func renewProgramTitles() throws -> [Int] {
        let sql: SQL = """
            SELECT r.id AS id, r.content AS content, k.product_name AS name FROM wagtailcore_revision r
            JOIN cms_certificatepage k ON r.object_id = CAST(k.page_ptr_id AS text)
            WHERE r.id IN (SELECT certificate_page_revision_id FROM courses_programcertificate)
            ORDER BY r.id \(lock: .update)
            """
        let renewed = try rows(sql.labelled("wagtailcore_revision")) { row -> (id: Int, content: JSONValue)? in
            let (content, name): (JSONValue, String) = (try row["content"], try row["name"])
            guard !name.allSatisfy(\.isWhitespace), !name.hasPrefix("PLACEHOLDER - "),
                case .object(let members) = content, content["product_name"]?.string != name
            else { return nil }
            let others = members.filter { $0.key != "product_name" }
            return (try row["id"], .object(others + [.init(key: "product_name", value: .string(name))]))
        }.compactMap(\.self)
        for revision in renewed {
            try execute("UPDATE wagtailcore_revision SET content = \(revision.content) WHERE id = \(revision.id)")
        }
        return renewed.map(\.id)
    }
}

extension Session {
    /// The course of a readable id; nil when there is none.
    public mutating func courseID(ofReadable text: String) throws -> Int? {
        try first("SELECT id FROM courses_course WHERE readable_id = \(text)") { row in try row["id"] }
    }

    /// The run of a key with its course; nil when there is none.
    public mutating func certificateRun(ofKey key: String) throws -> (run: Int, course: Int)? {
        try first("SELECT id, course_id FROM courses_courserun WHERE courseware_id = \(key)") { row in
            (run: try row["id"], course: try row["course_id"])
        }
    }
}
