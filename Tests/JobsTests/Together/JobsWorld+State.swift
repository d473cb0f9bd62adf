import Store
import Support

extension JobsWorld {
    /// What the jobs write, by table, without instants, keys of their own rows, and what is drawn by chance. One order for both
    /// databases is not needed: states of the same one are compared.
    private static let columns: [(table: String, columns: [String])] = [
        (
            "courses_courserunenrollment",
            [
                "user_id", "run_id", "enrollment_mode", "active", "change_status", "edx_enrolled",
                "edx_enrollment_retry_count", "edx_emails_subscription",
            ]
        ),
        ("courses_courserunenrollmentaudit", ["enrollment_id"]),
        (
            "courses_courserungrade",
            ["user_id", "course_run_id", "grade", "letter_grade", "passed", "set_by_admin"]
        ),
        ("courses_courserungradeaudit", ["acting_user_id"]),
        (
            "courses_courseruncertificate",
            ["user_id", "course_run_id", "is_revoked", "verifiable_credential_id IS NOT NULL"]
        ),
        ("courses_verifiablecredential", ["uuid IS NOT NULL"]),
        ("courses_programcertificate", ["user_id", "program_id", "is_revoked"]),
        ("courses_programenrollment", ["user_id", "program_id", "active", "enrollment_mode", "change_status"]),
        ("courses_programenrollmentaudit", ["enrollment_id"]),
        ("courses_paidcourserun", ["user_id", "course_run_id", "order_id"]),
        ("courses_courserun", ["id", "title", "start_date", "end_date", "certificate_available_date"]),
        ("openedx_openedxuser", ["user_id", "edx_username", "has_been_synced", "has_sync_error"]),
        ("openedx_openedxapiauth", ["user_id"]),
        ("oauth2_provider_grant", ["code"]),
    ]

    /// Everything that can be seen of the world: what is in MITx Online's tables, what waits, what HubSpot is to be told, what
    /// is open, and what took effect at the services.
    func state() async throws -> [String] {
        let rows = try await stage.database.read { session in
            try Self.columns.flatMap { table, columns in
                try session.lines("\(identifier: table)", table, columns)
            }
                + session.lines(
                    "\(flows: "outbox")", "outbox",
                    ["CASE kind WHEN 'mail' THEN 'mail' ELSE kind || key END", "done_at IS NULL", "parked_at IS NULL"])
                + session.lines(
                    "\(flows: "inbox")", "inbox", ["kind", "key", "done_at IS NULL", "parked_at IS NULL"])
                + session.lines(
                    "\(flows: "dirty")", "dirty",
                    [
                        "kind",
                        "CASE WHEN kind LIKE '%Certificate' OR kind LIKE '%certificate' THEN 0 ELSE object_id END",
                    ])
                + session.lines("\(flows: "intent")", "intent", ["job", "key"])
                + session.lines("\(flows: "item")", "item", ["job", "key"])
        }
        return (rows + effects).sorted()
    }

    /// What took effect at the services: once, but for what may be said twice without harm. Tokens do not count.
    private var effects: [String] {
        var once: [String] = []
        var often = Set(fastly.purged.map { "purged: \($0)" } + signer.signed.keys.map { _ in "signed" })
        for effect in stage.lms.effects {
            switch effect {
            case .tokensIssued: break
            case .profileChanged, .nameChanged, .mailsChanged: often.insert("effect: \(effect)")
            default: once.append("effect: \(effect)")
            }
        }
        return once + often
    }
}

extension Session {
    /// The rows of a table, a line each: its name and what the columns hold.
    fileprivate mutating func lines(_ table: SQL, _ name: String, _ columns: [String]) throws -> [String] {
        let line = columns.map { "coalesce(CAST(\($0) AS text), '-')" }.joined(separator: " || ' ' || ")
        return try rows("SELECT \(sql: SQL(stringLiteral: line)) AS line FROM \(sql: table)") { row in
            "\(name): \(try row["line"] as String)"
        }
    }
}
