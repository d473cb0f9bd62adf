import Bytes
import Store

/// A certificate whose verifiable credential can be signed, with what it is to say (`spec/openedx.md` §11.5).
public struct CredentialRequest: Sendable {
    /// What kind of certificate it is.
    public let kind: CertificateKind
    /// Its primary key.
    public let id: Int
    /// Its number, and the id of the credential.
    public let uuid: UniqueID
    /// The learner's full name.
    public let learner: String
    /// Since when the certificate counts.
    public let issued: Timestamp
    /// When the learner enrolled in the run or program, whatever became of that; nil when no enrollment is there.
    public let enrolled: Timestamp?
    /// The readable id of the course or program.
    public let readableID: String
    /// What was completed: the run's title, or the program's name on its certificate page, else its title.
    public let name: String
    /// What had to be done for it.
    public let criteria: String
    /// The key in the media storage of the image of the course or program.
    public let imageFile: String?

    /// What logs call it: `course certificate 812`.
    public var item: String { "\(kind.rawValue) certificate \(id)" }

    /// The key of its failures: `credential:course:812`.
    public var key: String { Self.key(kind, id) }

    private static func key(_ kind: CertificateKind, _ id: Int) -> String { "credential:\(kind.rawValue):\(id)" }

    /// The certificate of a key; nil when it is of another kind.
    public static func id(ofKey key: String, _ kind: CertificateKind) -> Int? {
        let prefix = "credential:\(kind.rawValue):"
        return key.hasPrefix(prefix) ? Int(key.dropFirst(prefix.count)) : nil
    }
}

/// Which certificates are asked for.
public enum CredentialChoice: Sendable {
    /// Those of these ids that have no credential.
    case ids([Int])
    /// Those of these numbers; with `replacing` also those that have a credential.
    case uuids([UniqueID], replacing: Bool)
    /// The newest visible ones without a credential, at most `limit`, those of the ids `passingOver` left out.
    case newest(at: Timestamp, limit: Int, passingOver: [Int])
}

extension Session {
    /// The certificates whose page, as it is live now, has credentials signed and says what for; the newest first.
    ///
    /// - Throws: ``StoreError``.
    public mutating func credentialRequests(
        _ kind: CertificateKind, _ choice: CredentialChoice
    ) throws -> [CredentialRequest] {
        let pages = try provisioningRevisions()
        guard !pages.isEmpty else { return [] }
        let condition: SQL
        switch choice {
        case .ids(let ids): condition = "c.id \(in: ids) AND c.verifiable_credential_id IS NULL"
        case .uuids(let uuids, true): condition = "c.uuid \(in: uuids)"
        case .uuids(let uuids, false): condition = "c.uuid \(in: uuids) AND c.verifiable_credential_id IS NULL"
        case .newest(let now, _, let others):
            condition = """
                NOT c.is_revoked AND c.issue_date <= \(now) AND c.verifiable_credential_id IS NULL
                AND c.id \(notIn: others)
                AND EXISTS (SELECT 1 FROM \(sql: kind.enrollment))
                """
        }
        var limit: SQL = ""
        if case .newest(_, let most, _) = choice { limit = " LIMIT \(most)" }
        let sql: SQL = """
            SELECT c.id AS id, c.uuid AS uuid, c.issue_date AS issued, c.certificate_page_revision_id AS revision,
                u.name AS learner, s.title AS title, product.readable_id AS readable_id, i.file AS image,
                (SELECT min(e.created_on) FROM \(sql: kind.enrollment)) AS enrolled
            FROM \(identifier: kind.table) c JOIN users_user u ON u.id = c.user_id \(sql: kind.product)
            LEFT JOIN wagtailimages_image i ON i.id = p.feature_image_id
            WHERE c.certificate_page_revision_id \(in: pages.keys) AND \(sql: condition)
            ORDER BY c.issue_date DESC, c.id DESC\(sql: limit)
            """
        return try rows(sql.labelled(kind.table)) { row in
            let page = pages[try row["revision"]]
            let printed = kind == .program ? page?.productName : nil
            let title: String = try row["title"]
            return CredentialRequest(
                kind: kind, id: try row["id"], uuid: try row["uuid"], learner: try row["learner"],
                issued: try row["issued"], enrolled: try row["enrolled"], readableID: try row["readable_id"],
                name: printed.flatMap { $0.isEmpty ? nil : $0 } ?? title, criteria: page?.criteria ?? "",
                imageFile: try row["image"])
        }
    }

    /// How many visible certificates have no credential since their learner's enrollment is gone.
    ///
    /// - Throws: ``StoreError``.
    public mutating func certificatesWithoutEnrollment(_ kind: CertificateKind, at now: Timestamp) throws -> Int {
        let pages = try provisioningRevisions()
        guard !pages.isEmpty else { return 0 }
        let sql: SQL = """
            SELECT count(*) AS count FROM \(identifier: kind.table) c
            WHERE c.certificate_page_revision_id \(in: pages.keys) AND NOT c.is_revoked AND c.issue_date <= \(now)
                AND c.verifiable_credential_id IS NULL AND NOT EXISTS (SELECT 1 FROM \(sql: kind.enrollment))
            """
        return try first(sql) { row in try row["count"] } ?? 0
    }

    /// Keeps a signed credential, and links it to its certificate; false when that has one already, or is gone.
    ///
    /// - Parameter replaces: whether the credential takes the place of the one that the certificate has.
    /// - Throws: ``StoreError``.
    public mutating func store(
        _ credential: JSONValue, for request: CredentialRequest, replaces: Bool, at now: Timestamp
    ) throws -> Bool {
        let table = request.kind.table
        let before: UniqueID?? = try first(
            "SELECT verifiable_credential_id AS id FROM \(identifier: table) WHERE id = \(request.id) \(lock: .update)"
        ) { row in try row["id"] as UniqueID? }
        guard let before, before == nil || replaces else { return false }
        let change: SQL =
            replaces
            ? "DO UPDATE SET credential_data = excluded.credential_data, updated_on = excluded.updated_on"
            : "DO NOTHING"
        try execute(
            """
            INSERT INTO courses_verifiablecredential (uuid, created_on, updated_on, credential_data)
            VALUES (\(request.uuid), \(now), \(now), \(credential)) ON CONFLICT (uuid) \(sql: change)
            """)
        try execute(
            """
            UPDATE \(identifier: table) SET verifiable_credential_id = \(request.uuid), updated_on = \(now)
            WHERE id = \(request.id)
            """)
        if let before, before != request.uuid {
            try execute("DELETE FROM courses_verifiablecredential WHERE uuid = \(before)")
        }
        return true
    }

    /// The revisions of the pages that have credentials signed, with what the pages say of them now.
    private mutating func provisioningRevisions() throws -> [Int: (productName: String, criteria: String)] {
        var pages: [Int: (productName: String, criteria: String)] = [:]
        let sql: SQL = """
            SELECT r.id AS revision, k.product_name AS name, k.verifiable_credential_criteria AS criteria
            FROM cms_certificatepage k JOIN wagtailcore_revision r ON r.object_id = CAST(k.page_ptr_id AS text)
            WHERE k.should_provision_verifiable_credential AND k.verifiable_credential_criteria <> ''
            """
        try forEach(sql.labelled("cms_certificatepage")) { row in
            let name: String = try row["name"]
            pages[try row["revision"]] = (
                String(name.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()),
                try row["criteria"] as String
            )
        }
        return pages
    }
}

extension CertificateKind {
    /// The enrollments of the certificate `c`.
    fileprivate var enrollment: SQL {
        switch self {
        case .course: "courses_courserunenrollment e WHERE e.run_id = c.course_run_id AND e.user_id = c.user_id"
        case .program: "courses_programenrollment e WHERE e.program_id = c.program_id AND e.user_id = c.user_id"
        }
    }

    /// What the certificate `c` is for: `s` has the title, `product` the readable id, `p` the page.
    fileprivate var product: SQL {
        switch self {
        case .course:
            """
            JOIN courses_courserun s ON s.id = c.course_run_id JOIN courses_course product ON product.id = s.course_id
            LEFT JOIN cms_coursepage p ON p.course_id = product.id
            """
        case .program:
            """
            JOIN courses_program s ON s.id = c.program_id JOIN courses_program product ON product.id = s.id
            LEFT JOIN cms_programpage p ON p.program_id = product.id
            """
        }
    }
}
