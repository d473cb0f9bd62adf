extension Fixture {
    /// Fixture F with certificate pages: course 1 is `course-v1:MITx+6.00x`, its run 1 R1 of the acceptance cases
    /// (`spec/openedx.md` §18). Page 50 is the course's, page 51 that of program 1, signed by page 60 with image 1; revisions 3301
    /// and 3302 are what they published. R1's hours are 1.5, the page's 2.0.
    public static func withCertificatePages() throws -> Fixture {
        var fixture = try Fixture.f()
        try fixture.set("courses_course", 1, ["readable_id": "course-v1:MITx+6.00x", "title": "Intro to Computation"])
        try fixture.set(
            "courses_courserun", 1, ["courseware_id": "course-v1:MITx+6.00x+3T2026", "title": "Intro, autumn"])
        let override =
            #"{"type": "course_run", "value": {"readable_id": "course-v1:MITx+6.00x+3T2026", "CEUs": "1.5"}, "id": "o"}"#
        try fixture.addPage(60, below: 3, title: "Prof. A", slug: "prof-a")
        try fixture.insert(
            "cms_signatorypage",
            [
                "page_ptr_id": "60", "name": "Prof. A <Ada>", "title_1": "Professor", "title_2": "",
                "organization": "MIT", "signature_image_id": "1",
            ])
        try fixture.addCertificatePage(
            50, below: 10, "Certificate For Intro", revision: 3301, name: "The page's own name", ceus: "2.0",
            overrides: "[\(override)]")
        try fixture.addCertificatePage(
            51, below: 17, "Certificate For Prog", revision: 3302, name: " Prog one, as printed ", ceus: nil,
            overrides: "[]")
        return fixture
    }

    /// Adds a certificate page, and the revision that it published: streams are texts in it, as Wagtail writes them.
    public mutating func addCertificatePage(
        _ id: Int, below parent: Int, _ title: String, revision: Int, name: String, ceus: String?, overrides: String
    ) throws {
        let signatories = #"[{"type": "signatory", "value": 60, "id": "s"}]"#
        try addPage(id, below: parent, title: title, slug: "certificate-\(id)")
        try set("wagtailcore_page", id, ["live_revision_id": "\(revision)", "latest_revision_id": "\(revision)"])
        try insert(
            "cms_certificatepage",
            [
                "page_ptr_id": "\(id)", "product_name": name, "CEUs": ceus, "signatories": signatories,
                "overrides": overrides, "should_provision_verifiable_credential": "f",
            ])
        func quoted(_ text: String) -> String {
            "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        try insert(
            "wagtailcore_revision",
            [
                "id": "\(revision)", "created_at": "2026-01-01 00:00:00+00", "object_id": "\(id)",
                "content_type_id": "1", "base_content_type_id": "1", "object_str": title,
                "content": """
                {"pk": \(id), "title": \(quoted(title)), "slug": "certificate-\(id)", "product_name": \(quoted(name)), \
                "CEUs": \(ceus.map(quoted) ?? "null"), "signatories": \(quoted(signatories)), \
                "overrides": \(quoted(overrides))}
                """,
            ])
    }
}
