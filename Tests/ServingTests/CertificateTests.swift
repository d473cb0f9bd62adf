import Support
import Testing

/// Certificates lie beside the snapshots (`spec/openedx.md` §11.3, §11.4).
@Suite("Certificates")
struct CertificateTests {
    private static let uuid = "5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11"
    private let site: HandMadeSite

    init() throws {
        site = try HandMadeSite()
        try site.write("<p>home</p>", to: "public/index.html")
        try site.write("<p>nothing here</p>", to: "public/404.html")
        let uuid = Self.uuid
        try site.write("<p>course</p>", toCertificates: "certificate/\(uuid)/index.html")
        try site.write("<p>program</p>", toCertificates: "certificate/program/\(uuid)/index.html")
        try site.write("body {}", toCertificates: "certificate/assets/site.css")
        try site.write("<svg/>", toCertificates: "certificate/media/images/sign.svg")
        for kind in ["course", "program"] {
            try site.write("{\"\(kind)\":1}", toCertificates: "api/v2/\(kind)_certificates/\(uuid)/index.json")
            try site.write(
                "{\"id\":\"\(kind)\"}",
                toCertificates: "api/v2/verifiable_\(kind)_credential/\(uuid)/download/index.json")
        }
        try site.write("course \(uuid) 00", toCertificates: ".register")
    }

    @Test("are pages that only the browser may keep, for a minute, and no search engine at all")
    func pages() throws {
        for (path, text) in [
            ("/certificate/\(Self.uuid)", "<p>course</p>"), ("/certificate/program/\(Self.uuid)", "<p>program</p>"),
        ] {
            let response = try site.get("\(path)/")
            #expect(response.status == 200 && response.text == text)
            #expect(response["Content-Type"] == "text/html; charset=utf-8")
            #expect(response["Cache-Control"] == "private, max-age=60, must-revalidate")
            #expect(response["X-Robots-Tag"] == "noindex")
            #expect(response["Content-Security-Policy"]?.contains("script-src 'self'") == true)
            let redirect = try site.get(path)
            #expect(redirect.status == 301 && redirect["Location"] == "\(path)/")
        }
        #expect(try site.get("/")["X-Robots-Tag"] == nil)
    }

    @Test("are documents, and credentials that are saved under their own names", arguments: ["course", "program"])
    func documents(kind: String) throws {
        let document = try site.get("/api/v2/\(kind)_certificates/\(Self.uuid)/")
        #expect(document.status == 200 && document.text == "{\"\(kind)\":1}")
        #expect(document["Content-Type"] == "application/json" && document["Content-Disposition"] == nil)
        #expect(document["Cache-Control"] == "private, max-age=60, must-revalidate")
        #expect(document["X-Robots-Tag"] == "noindex")
        let credential = try site.get("/api/v2/verifiable_\(kind)_credential/\(Self.uuid)/download/")
        #expect(credential.status == 200 && credential.text == "{\"id\":\"\(kind)\"}")
        #expect(credential["Content-Disposition"] == "attachment; filename=\"credential_\(Self.uuid).json\"")
        #expect(credential["Cache-Control"] == "private, max-age=60, must-revalidate")
    }

    @Test("load styles and signatures of their own, which an address with a hash never sees changed")
    func assets() throws {
        let style = try site.get("/certificate/assets/site.css?v=1")
        #expect(style.status == 200 && style["Content-Type"] == "text/css; charset=utf-8")
        #expect(style["Cache-Control"] == "public, max-age=31536000, immutable" && style["X-Robots-Tag"] == nil)
        let picture = try site.get("/certificate/media/images/sign.svg?v=1")
        #expect(picture.status == 200)
        #expect(picture["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    }

    @Test(
        "that are not there are not found, and nothing of the folder can be listed or read besides",
        arguments: [
            "/certificate/", "/certificate", "/certificate/program/", "/certificate/abc-1/", "/certificate/abc-1",
            "/certificate/00000000-0000-4000-8000-000000000000/", "/certificate/00000000-0000-4000-8000-000000000000",
            "/certificate/5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11/index.html",
            "/certificate/5B0F0A52-5F0E-4C1C-9D63-0D3A6F8F7A11/", "/certificate/assets/", "/certificate/media/images/",
            "/certificate/.register", "/.register", "/certificate/assets/../../.register", "/certificates/.register",
            "/certificate/assets/%2e%2e/%2e%2e/.register", "/_s/0123456789abcdef/certificate/\(uuid)/",
        ])
    func missing(path: String) throws {
        let response = try site.get(path)
        #expect(response.status == 404, "\(path)")
        #expect(response["Cache-Control"] == "no-cache")
    }

    @Test(
        "that are not there as documents answer as documents",
        arguments: [
            "course_certificates/", "course_certificates/abc-1/",
            "course_certificates/00000000-0000-4000-8000-000000000000/", "program_certificates/x/",
            "course_certificates/\(uuid)/index.json", "verifiable_course_credential/\(uuid)/",
            "verifiable_course_credential/00000000-0000-4000-8000-000000000000/download/",
        ])
    func missingDocuments(path: String) throws {
        let response = try site.get("/api/v2/\(path)")
        #expect(response.status == 404 && response.text == #"{"detail":"Not found."}"#)
        #expect(response["Content-Disposition"] == nil)
    }
}
