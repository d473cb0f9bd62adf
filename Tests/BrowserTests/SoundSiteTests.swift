import Testing

/// The checks have nothing to say against a small site that is as it should be.
@Suite("A sound site")
struct SoundSiteTests {
    @Test(
        "opened from the server as it is delivered",
        arguments: [
            SiteCheck.loading, .accessibility, .keyboard(scheme: "light"), .keyboard(scheme: "dark"), .printing,
        ])
    func served(check: SiteCheck) async throws {
        try await ServedSite.sound.value.site.expectNone(of: check)
    }

    @Test("its filters, from the server")
    func filters() async throws {
        try await ServedSite.sound.value.site.expectNone(of: .filters, pages: .these(["catalog/courses/"]))
    }

    @Test("its files, and its pages opened from disk", arguments: [SiteCheck.disk, .markup, .links, .data])
    func files(check: SiteCheck) async throws {
        try await RenderedSite.sound.expectNone(of: check)
    }
}
