import Bytes

extension DraftFields {
    /// What all pages have in common, live and with nothing unpublished. Place and address stay the row's until the draft is
    /// published, and so does the address of everything below.
    mutating func page(_ row: Page) throws(DraftError) -> Page {
        let title = try text("title", row.title)
        _ = try text("slug", row.slug)
        return Page(
            id: row.id, path: row.path, title: title, draftTitle: title, slug: row.slug, urlPath: row.urlPath,
            live: true, hasUnpublishedChanges: false, seoTitle: try text("seo_title", row.seoTitle),
            searchDescription: try text("search_description", row.searchDescription),
            showInMenus: try flag("show_in_menus", row.showInMenus), firstPublished: row.firstPublished,
            lastPublished: row.lastPublished, localeID: row.localeID, aliasOfID: row.aliasOfID,
            databaseRank: row.databaseRank)
    }

    mutating func instructor(
        _ row: Instructor, as page: Page, _ references: DraftReferences
    ) throws(DraftError) -> Instructor {
        Instructor(
            page: page, name: try text("instructor_name", row.name),
            title: try optionalText("instructor_title", row.title),
            shortBio: try richText("instructor_bio_short", row.shortBio),
            longBio: try richText("instructor_bio_long", row.longBio),
            featureImage: try image("feature_image", row.featureImage, references))
    }

    mutating func certificate(
        _ row: CertificatePage, as page: Page, _ references: DraftReferences
    ) throws(DraftError) -> CertificatePage {
        CertificatePage(
            page: page, productName: try text("product_name", row.productName),
            ceus: try value("CEUs", .number, row: row.ceus, expected: "a number or null", json: JSONValue.init) {
                switch $0 {
                case .null: .some(nil)
                case .string(let text), .number(let text): text
                default: nil
                }
            },
            overrides: try blocks("overrides", row: row.overrides, json: { $0 }) { .array($0) },
            signatories: try signatories(row.signatories, references))
    }

    mutating func home(
        _ row: HomePage, as page: Page, _ references: DraftReferences
    ) throws(DraftError) -> HomePage {
        HomePage(
            page: page, hero: try image("hero", row.hero, references),
            heroTitle: try optionalText("hero_title", row.heroTitle),
            heroSubtitle: try optionalText("hero_subtitle", row.heroSubtitle),
            productSectionTitle: try optionalText("product_section_title", row.productSectionTitle),
            videoTitle: try optionalText("video_component_title", row.videoTitle),
            videoDescription: try richText("video_component_description", row.videoDescription),
            videoURL: try optionalText("video_url", row.videoURL),
            featuredPageIDs: try featuredPages(row.featuredPageIDs, references))
    }

    mutating func resource(
        _ row: ResourcePage, as page: Page, _ references: DraftReferences
    ) throws(DraftError) -> ResourcePage {
        let image = try image("header_image", row.headerImage, references)
        let content = try blocks("content", row: JSONValue(row.sections), json: { $0 }, read: { .array($0) })
        return ResourcePage(page: page, headerImage: image, content: content)
    }
}

extension JSONValue {
    /// The stream of blocks that says the same as the sections.
    fileprivate init(_ sections: [ResourcePage.Section]) {
        self = .array(
            sections.map { section in
                .object([
                    Member(key: "type", value: .string("content")),
                    Member(
                        key: "value",
                        value: .object([
                            Member(key: "detail", value: .string(section.detail)),
                            Member(key: "heading", value: .string(section.heading)),
                        ])),
                ])
            })
    }
}
