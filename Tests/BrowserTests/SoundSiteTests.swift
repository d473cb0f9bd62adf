import Testing

/// The checks have nothing to say against a small site that is as it should be.
@Suite("A sound site")
struct SoundSiteTests {
    @Test("opened from the server as it is delivered")
    func served() async throws {
        try await ServedSite.sound.value.site.expectNone(
            of: .loading, .accessibility, .keyboard(.light), .keyboard(.dark), .printing)
    }

    @Test("its filters, from the server")
    func filters() async throws {
        try await ServedSite.sound.value.site.expectNone(of: .filters(), pages: .these(["catalog/courses/"]))
    }

    @Test("its files, and its pages opened from disk")
    func files() async throws {
        try await RenderedSite.sound.expectNone(of: .markup, .links, .data, .disk)
    }
}
