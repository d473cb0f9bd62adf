import Bytes
import Store
import Support
import Worker

@testable import Command
@testable import Flows
@testable import Jobs
@testable import Records

// What learners do around the jobs about accounts.
extension JobStage {
    /// Nothing of this may be told of the stage's learners.
    static let usersCanaries = [
        "ada", "bob", "cyd", "dan", "lovelace", "example.org", "canary", "rt-", "at-", "pbkdf2",
    ]

    /// From now on each learner is logged in at MITx Online, which says that the name on record is theirs.
    func openSiteSessions() {
        lms.openSiteSessions(of: database, secretKey: "canary-secret-key", time: clock.source)
    }

    /// A learner who signed up days ago, without anything at Open edX.
    func addLearner(_ id: Int, _ name: String) async throws {
        try await write { session in
            try session.insertLearner(id, username: name, email: "\(name)@example.org", name: "\(name) Lovelace")
        }
    }

    /// The stage's own learner lacks nothing.
    func completeAda() async throws {
        try await write { session in
            try session.insertTokens(
                of: JobStage.learner, refresh: "rt-0", access: "at-0", expiry: "2026-12-01T00:00:00Z")
        }
        lms.update { $0.accessTokens["at-0"] = "ada_l" }
    }

    /// What a run has done for learners, the same however often it was disturbed: accounts on record, tokens, accounts of the
    /// LMS, registrations, failures, locks.
    func stateOfUsers() async throws -> [String] {
        let rows = try await database.read { session -> [String] in
            let ids: [Int] = try session.rows("SELECT id FROM users_user ORDER BY id") { row in try row["id"] }
            let users = try ids.map { id in
                let tokens = try session.openEdXTokens(of: id)?.isComplete
                return "\(id): \(try session.accountLine(of: id) ?? "-"), tokens \(tokens.map { "\($0)" } ?? "-")"
            }
            let issued = try session.count("oauth2_provider_accesstoken")
            let items: [String] = try session.rows(
                "SELECT key, temporary_failures AS n FROM \(flows: "item") ORDER BY key"
            ) { row in "item \(try row["key"] as String) \(try row["n"] as Int)" }
            return users + ["issued \(issued)"] + items
        }
        let accounts = lms.state.users.map { "account \($0.username) \($0.email)" }.sorted()
        let registrations = lms.effects.filter {
            if case .accountCreated = $0 { true } else { false }
        }
        return rows + accounts + registrations.map { "\($0)" }.sorted()
    }

    /// The lines of the log and what is kept of failures, in which nobody must be recognised.
    func toldOfUsers() async throws -> String {
        let problems = try await database.read { session in
            try session.rows("SELECT problem FROM \(flows: "item") ORDER BY id") { row in try row["problem"] as String }
                + session.rows("SELECT problem, problems FROM \(flows: "run") ORDER BY id") { row in
                    let (problem, problems): (String?, JSONValue?) = (try row["problem"], try row["problems"])
                    return (problem ?? "") + String(decoding: problems?.compactBytes ?? [], as: UTF8.self)
                }
        }
        return (log.text + told.all.joined() + problems.joined()).lowercased()
    }

    /// When the learner is tried again; nil when nothing is known of failures.
    func dueTime(of user: Int) async throws -> Timestamp? {
        try await database.read { session in
            try session.first("SELECT due_at FROM \(flows: "item") WHERE key = \("learner:\(user)")") { row in
                try row["due_at"]
            }
        }
    }
}

extension FakeLMS {
    /// From now on each learner of the database is logged in at MITx Online, with a cookie that is so many seconds old at the
    /// most.
    func openSiteSessions(of database: Database, secretKey: String, time: TimeSource, seconds: Int64 = 0) {
        let cookies = SessionCookie(secretKey: Secret(secretKey))
        before(.siteAuthorize) { [self] _ in
            let now = time.now()
            let sessions = try? await database.read { session -> [(String, String)] in
                let ids: [Int] = try session.rows("SELECT id FROM users_user ORDER BY id") { row in try row["id"] }
                return try ids.flatMap { id -> [(String, String)] in
                    guard let learner = try session.learner(id), let name = try session.openEdXAccount(of: id)?.username
                    else { return [] }
                    return (0...seconds).map { age in
                        (cookies.value(for: learner, at: now.adding(seconds: -age)).revealed, name)
                    }
                }
            }
            update { state in
                for (cookie, name) in sessions ?? [] { state.siteSessions[cookie] = name }
            }
        }
    }
}
