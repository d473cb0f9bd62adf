import Command

/// A small program with a bit of everything that tables can say.
enum SampleProgram {
    enum Compat: String, CaseIterable { case improved, strict }

    static let siteBaseURL = Setting(
        "siteBaseURL", .url, environment: ["MITX_ONLINE_BASE_URL"], "scheme and host of the site")
    static let pageSize = Setting(
        "catalog.pageSize", .integer(1...1000), preset: "100", "how many courses or programs one list page holds")
    static let compat = Setting("catalog.compat", ValueType<Compat>.choice, preset: "improved", "the render mode")
    static let pages = Setting("catalog.pages", .boolean, preset: "true", "whether pages documents are written")
    static let maxAge = Setting("catalog.maxAge", .duration, preset: "600s", "how long a document may be cached")
    static let bucket = Setting("archives.bucket", optional: .text, "the bucket that archives go to")
    static let database = Setting(
        "database", optional: .text, environment: ["DATABASE_URL"], exposure: .masked, "the database to read")
    static let token = Setting(
        "fastly.token", optional: .secret, environment: ["FASTLY_AUTH_TOKEN"], exposure: .secret,
        "the key of the cache to purge")

    static let check = Option(flag: "check", "render and validate, publish nothing")
    static let now = Option("now", .instant, "the instant of the snapshot")
    static let limit = Option("limit", .integer(.min ... .max), preset: "10", "how many at most")
    static let directory = Argument("DIR", .path, "the folder to import")
    static let label = Argument("LABEL", optional: .text, "a name for it")

    static let published = FaultPoint("publish.done")

    /// The program whose commands `render` and `import` do what the closures do.
    static func program(
        render: @escaping @Sendable (Invocation) async throws -> Outcome = { _ in Outcome() },
        import load: @escaping @Sendable (Invocation) async throws -> Outcome = { _ in Outcome() },
        failure: @escaping @Sendable (any Error) -> Failure? = { _ in nil }
    ) -> Program {
        Program(
            "sample", version: "1.2.3", "Renders samples",
            subcommands: [
                Subcommand(
                    "import", "reads a folder into a database", arguments: [directory, label], settings: [database],
                    run: load),
                Subcommand(
                    "render", "renders the catalog", discussion: "Nothing that did not change is written again.",
                    options: [check, now, limit],
                    settings: [siteBaseURL, pageSize, compat, pages, maxAge, bucket, database, token], run: render),
            ],
            faultPoints: [FaultPoint("publish.renamed"), published], failure: failure)
    }
}
