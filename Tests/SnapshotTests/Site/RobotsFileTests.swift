import Support
import Testing

@testable import Snapshot

@Suite("Rules for robots")
struct RobotsFileTests {
    private static let sitemap = "Sitemap: https://mitxonline.mit.edu/sitemap.xml\n"

    private static func addRules(_ fixture: inout Fixture) throws {
        try fixture.insert("robots_url", ["id": "1", "pattern": "/certificate/"])
        try fixture.insert("robots_url", ["id": "2", "pattern": "/certificate/program/"])
        try fixture.insert("robots_rule", ["id": "1", "robot": "*"])
        try fixture.insert("robots_rule", ["id": "2", "robot": "SlowBot", "crawl_delay": "2.5"])
        try fixture.insert("robots_rule_disallowed", ["id": "1", "rule_id": "1", "url_id": "1"])
        try fixture.insert("robots_rule_allowed", ["id": "1", "rule_id": "1", "url_id": "2"])
    }

    @Test("CAT-59 outside production nothing may be read; in production without rules everything")
    func environments() async throws {
        let staging = try await SiteFixture(Self.addRules, settings: { $0.site.environment = "rc" })
        #expect(staging.file("robots.txt") == "User-agent: *\nDisallow: /\n")
        let production = try await SiteFixture()
        #expect(production.file("robots.txt") == "User-agent: *\nDisallow:\n\n\(Self.sitemap)")
    }

    @Test("rules come in the order of their rows, one without pattern with an empty one")
    func rules() async throws {
        let site = try await SiteFixture(Self.addRules)
        let rules = """
            User-agent: *
            Disallow: /certificate/
            Allow: /certificate/program/

            User-agent: SlowBot
            Disallow:
            Crawl-delay: 2.5


            """
        #expect(site.file("robots.txt") == rules + Self.sitemap)
    }

    @Test(
        "what breaks a line is left out with a warning",
        arguments: ["\n", "\r", "\r\n", "\u{b}", "\u{85}", "\u{2028}", "\u{2029}", "\u{1c}"])
    func injection(lineBreak: String) async throws {
        var site = try await SiteFixture {
            try Self.addRules(&$0)
            try $0.set("robots_url", 1, ["pattern": "/a\(lineBreak)Allow: /"])
            try $0.set("robots_rule", 2, ["robot": "Bot\(lineBreak)Disallow: /"])
        }
        let rules = "User-agent: *\nAllow: /certificate/program/\n\n"
        #expect(RobotsFile.artifact(&site.context).text == rules + Self.sitemap)
        let warned = site.context.warnings.warnings.filter { $0.code == "robots-line" }
        #expect(warned.map(\.table) == ["robots_rule", "robots_rule"])
        #expect(warned.map(\.id) == ["2", "1"])
    }
}
