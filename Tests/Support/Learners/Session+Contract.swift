import Store

extension Session {
    /// A contract of an organization; its runs are those whose `b2b_contract_id` it is.
    public mutating func insertContract(_ id: Int, organization: Int) throws {
        try insertFilled("wagtailcore_locale", ["id": "1", "language_code": "en"])
        try insertFilled("django_content_type", ["id": "901", "app_label": "b2b", "model": "page"])
        for page in [organization, id] {
            try insertFilled(
                "wagtailcore_page",
                [
                    "id": "\(page)", "path": "0001\(page)", "depth": "2", "locale_id": "1", "content_type_id": "901",
                    "translation_key": "00000000-0000-4000-8000-00000000\(1000 + page)",
                ])
        }
        try insertFilled("b2b_organizationpage", ["page_ptr_id": "\(organization)", "org_key": "ORG"])
        try insertFilled(
            "b2b_contractpage",
            ["page_ptr_id": "\(id)", "organization_id": "\(organization)", "active": "t", "membership_type": "code"])
    }
}
