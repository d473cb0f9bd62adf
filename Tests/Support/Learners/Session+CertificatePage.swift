import Bytes
import Store

extension Session {
    /// A course page with a certificate page below it, which has the revisions 3301 (live) and 3302 (a draft).
    public mutating func insertCertificatePage(ofCourse course: Int, live: Bool = true) throws {
        let then = try Timestamp(fixture: "2024-02-02T10:00:00Z")
        try insertTypeOfPages()
        for revision in [3301, 3302] {
            try execute(
                """
                INSERT INTO wagtailcore_revision (id, created_at, content, object_id, content_type_id,
                    base_content_type_id, object_str)
                VALUES (\(revision), \(then), \(JSONValue.object([])), '501', 1, 1, 'A certificate')
                """)
        }
        try insertPage(500, path: "00010001", numchild: 1, live: true, revision: nil)
        try insertPage(501, path: "000100010001", numchild: 0, live: live, revision: 3301)
        try execute(
            """
            INSERT INTO cms_coursepage (page_ptr_id, description, course_id, length, price, max_weekly_hours,
                min_weekly_hours, max_price, min_price)
            VALUES (500, '', \(course), '', \(JSONValue.array([])), '', '', 0, 0)
            """)
        try execute(
            """
            INSERT INTO cms_certificatepage (page_ptr_id, product_name, signatories, overrides,
                should_provision_verifiable_credential)
            VALUES (501, 'Intro', \(JSONValue.array([])), \(JSONValue.array([])), \(false))
            """)
    }

    /// A contract of an organisation, to which the run belongs.
    public mutating func insertContract(_ id: Int, forRun run: Int) throws {
        try insertTypeOfPages()
        try insertPage(id + 1, path: "00010009", numchild: 1, live: true, revision: nil)
        try insertPage(id, path: "000100090001", numchild: 0, live: true, revision: nil)
        try execute(
            """
            INSERT INTO b2b_organizationpage (page_ptr_id, name, description, logo, org_key, org_key_prefix)
            VALUES (\(id + 1), 'An organisation', '', '', 'ORG', '')
            """)
        try execute(
            """
            INSERT INTO b2b_contractpage (page_ptr_id, name, description, active, organization_id, membership_type,
                welcome_message, welcome_message_extra, google_sheet_target_tab)
            VALUES (\(id), 'A contract', '', \(true), \(id + 1), 'managed', '', '', '')
            """)
        try execute("UPDATE courses_courserun SET b2b_contract_id = \(id) WHERE id = \(run)")
    }

    private mutating func insertTypeOfPages() throws {
        try execute("INSERT INTO django_content_type (id, app_label, model) VALUES (1, 'cms', 'certificatepage')")
        try execute("INSERT INTO wagtailcore_locale (id, language_code) VALUES (1, 'en')")
    }

    private mutating func insertPage(_ id: Int, path: String, numchild: Int, live: Bool, revision: Int?) throws {
        try execute(
            """
            INSERT INTO wagtailcore_page (id, path, depth, numchild, title, slug, live, has_unpublished_changes, url_path,
                seo_title, show_in_menus, search_description, expired, content_type_id, locked, live_revision_id,
                latest_revision_id, draft_title, translation_key, locale_id)
            VALUES (\(id), \(path), \(path.utf8.count / 4), \(numchild), 'Page', \("page-\(id)"), \(live), \(false),
                \("/page-\(id)/"), '', \(false), '', \(false), 1, \(false), \(revision), \(revision.map { $0 + 1 }),
                'Page', \("00000000-0000-4000-8000-\(String(1_000_000_000_000 + id).suffix(12))"), 1)
            """)
    }
}
