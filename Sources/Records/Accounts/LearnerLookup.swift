import Store

extension Session {
    /// The learner that a text names: digits are an id, a text with `@` is an e-mail address in any letter case, another is
    /// the name at Open edX (`spec/openedx.md` §17). Nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public mutating func learnerID(namedBy text: String) throws -> Int? {
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let id = Int(text) else { return nil }
            return try first("SELECT id FROM users_user WHERE id = \(id)") { row in try row["id"] }
        }
        if text.contains("@") {
            return try first("SELECT id FROM users_user WHERE lower(email) = \(text.lowercased()) ORDER BY id LIMIT 1")
            {
                row in try row["id"]
            }
        }
        return try first("SELECT user_id FROM openedx_openedxuser WHERE edx_username = \(text)") { row in
            try row["user_id"]
        }
    }
}
