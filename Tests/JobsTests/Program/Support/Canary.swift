import Testing

/// Secrets and data of learners that stand wherever the program could see them, and that it must never show.
enum Canary {
    /// The word that all of them contain.
    static let word = "kanarienvogel"

    static let serviceWorkerToken = "\(word)-service-worker"
    static let clientSecret = "\(word)-client-secret"
    static let registrationToken = "\(word)-registration"

    /// Secrets in the environment, as an operator has them there.
    static let environment = [
        "PGPASSWORD": "\(word)-pgpassword",
        "SECRET_KEY": "\(word)-secret-key",
        "AWS_SECRET_ACCESS_KEY": "\(word)-aws",
        "MITOL_HUBSPOT_API_PRIVATE_TOKEN": "\(word)-hubspot",
        "OPENEDX_API_CLIENT_ID": "flows",
        "OPENEDX_API_CLIENT_SECRET": clientSecret,
        "OPENEDX_SERVICE_WORKER_API_TOKEN": serviceWorkerToken,
        "MITX_ONLINE_REGISTRATION_ACCESS_TOKEN": registrationToken,
    ]

    /// The learner's name at Open edX.
    static func username(_ name: String) -> String { "\(word)_\(name)" }

    /// The learner's address.
    static func email(_ name: String) -> String { "\(word).\(name)@example.org" }

    /// Records an issue when `text` contains any of them.
    static func check(_ text: String, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(!text.lowercased().contains(word), "\(what) shows a canary", sourceLocation: sourceLocation)
    }
}
