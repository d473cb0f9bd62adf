import Testing

/// Each check that opens pages sees what it is there for: every page of `Tests/Fixtures/browser/bad` has one mistake.
@Suite("Unsound pages")
struct UnsoundPageTests {
    /// What a check finds on those pages, and on one that is sound.
    private func expect(_ expected: [(page: String, rules: [String])], from check: SiteCheck) async throws {
        let pages = expected.map(\.page) + ["sound.html"]
        let found = try await RenderedSite.unsound.findings(check, pages: .these(pages))
        #expect(found.broken == Set(expected.flatMap { page in page.rules.map { "\(page.page) \($0)" } }))
    }

    @Test("while they load")
    func loading() async throws {
        try await expect(
            [
                ("console-error.html", ["console"]), ("exception.html", ["console"]),
                ("outside-image.html", ["outside-request", "broken-image", "console"]),
                ("missing-image.html", ["broken-image", "console"]), ("too-wide.html", ["too-wide"]),
                ("two-headings.html", ["one-h1"]), ("no-title.html", ["one-title"]),
                ("no-language.html", ["lang"]), ("duplicate-id.html", ["duplicate-id"]),
            ], from: .loading)
    }

    @Test("for people who do not see well, in each colour scheme and at each width")
    func accessibility() async throws {
        let pages = ["no-alternative", "pale", "pale-when-dark", "pale-when-narrow", "small-targets", "sound"]
        let found = try await RenderedSite.unsound.findings(
            .accessibility, pages: .these(pages.map { "\($0).html" })
        ).problems
        let seen = Set(
            found.map { finding in
                "\(finding.page) \(finding.rule) \(finding.detail.prefix { $0 != ":" })"
            })
        let everywhere = ["1440 px, light", "1440 px, dark", "320 px, light", "320 px, dark"]
        let expected = [
            ("no-alternative.html axe:image-alt", everywhere), ("pale.html axe:color-contrast", everywhere),
            ("pale-when-dark.html axe:color-contrast", ["1440 px, dark", "320 px, dark"]),
            ("pale-when-narrow.html axe:color-contrast", ["320 px, light", "320 px, dark"]),
            ("small-targets.html axe:target-size", everywhere),
        ]
        #expect(seen == Set(expected.flatMap { rule, places in places.map { "\(rule) \($0)" } }))
    }

    @Test("by keyboard")
    func keyboard() async throws {
        try await expect(
            [
                ("trap.html", ["keyboard-trap"]), ("jumping.html", ["tabindex", "keyboard-order", "skip-link"]),
                ("unreached.html", ["keyboard-unreached"]), ("unmarked.html", ["focus-unmarked"]),
                ("faintly-marked.html", ["focus-contrast"]), ("out-of-sight.html", ["focus-unseen"]),
                ("no-skip-link.html", ["skip-link"]), ("skip-to-nothing.html", ["skip-link"]),
                ("skip-kept-back.html", ["skip-link"]),
            ], from: .keyboard(.light))
    }

    @Test("on paper")
    func printing() async throws {
        try await expect([("prints-nothing.html", ["print-empty"])], from: .printing)
    }

    @Test("from disk")
    func disk() async throws {
        try await expect([("dead-click.html", ["disk-link"])], from: .disk)
    }

    @Test("a script or style within a page is refused under the policy that is delivered")
    func policy() async throws {
        let served = try await ServedSite(copying: .unsound)
        let found = try await served.site.findings(
            .loading, pages: .these(["exception.html", "too-wide.html", "sound.html"]))
        #expect(found.broken == ["exception.html console", "too-wide.html console"])
        #expect(found.problems.allSatisfy { $0.detail.contains("Content Security Policy") }, "\(found)")
    }
}
