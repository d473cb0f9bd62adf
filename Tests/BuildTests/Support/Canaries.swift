import Support
import Testing

/// Secrets and data of learners that stand wherever the program could see them, and that it must never show.
enum Canaries {
    /// The word that all of them contain.
    static let word = "kanarienvogel"

    /// Secrets in the environment, as an operator has them there.
    static let environment = [
        "PGPASSWORD": "\(word)-pgpassword",
        "SECRET_KEY": "\(word)-secret-key",
        "AWS_SECRET_ACCESS_KEY": "\(word)-aws",
        "MITOL_HUBSPOT_API_PRIVATE_TOKEN": "\(word)-hubspot",
        "OPENEDX_API_CLIENT_SECRET": "\(word)-openedx",
    ]

    /// A learner, as a row of `users_user`.
    static let learner: [String: String?] = [
        "id": "900001", "password": "pbkdf2_sha256$\(word)", "is_superuser": "f",
        "created_on": "2026-01-01 00:00:00+00",
        "updated_on": "2026-01-01 00:00:00+00", "username": "\(word)-username", "email": "\(word)@example.com",
        "name": "Learner \(word)", "is_staff": "f", "is_active": "t", "scim_external_id": "\(word)-scim", "is_etl": "f",
    ]

    /// Locators as nobody should write them.
    static let locatorsWithPassword = [
        "postgresql://catalog:\(word)@db.example.org/mitxonline", "postgres://:\(word)@/mitxonline",
        "postgresql://catalog@db.example.org/mitxonline?password=\(word)",
        "postgresql://catalog@db.example.org/mitxonline?sslmode=require&sslpassword=\(word)",
    ]

    /// Records an issue when `text` contains any of them.
    static func check(_ text: String, _ what: String, sourceLocation: SourceLocation) {
        #expect(!text.lowercased().contains(word), "\(what) shows a canary", sourceLocation: sourceLocation)
    }
}
