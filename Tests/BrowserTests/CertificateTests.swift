import Testing

/// Certificates as a browser and a printer see them.
@Suite("Certificates in a browser")
struct CertificateTests {
    private static let pages = PageChoice.these(SampleCertificates.pages)

    @Test("they load without a complaint or an outside request, are accessible, and print on one sheet each")
    func served() async throws {
        let site = try await SampleCertificates.served.value.site
        try await site.expectNone(of: .loading, .accessibility, .printing, pages: Self.pages)
    }

    @Test("they open from disk with their styles and signatures, and their markup is sound")
    func onDisk() async throws {
        let site = try await SampleCertificates.served.value.site
        try await site.onDisk.expectNone(of: .loading, .printing, pages: Self.pages)
        try await site.expectNone(of: .markup)
    }
}
