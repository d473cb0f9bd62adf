import Bytes
import Catalog
import Store

extension CatalogReader {
    /// Pages, sites and who may see what.
    mutating func readPageTree(_ session: inout Session) throws {
        let columns = """
            id, path, title, draft_title, slug, url_path, live, has_unpublished_changes, seo_title,
            search_description, show_in_menus, first_published_at, last_published_at, locale_id, alias_of_id
            """
        var rank = 0
        data.pages = try session.rows(.table("wagtailcore_page", columns: columns, orderBy: "title, id")) { row in
            rank += 1
            return Page(
                id: try row["id"], path: try row["path"], title: try row["title"], draftTitle: try row["draft_title"],
                slug: try row["slug"], urlPath: try row["url_path"], live: try row["live"],
                hasUnpublishedChanges: try row["has_unpublished_changes"], seoTitle: try row["seo_title"],
                searchDescription: try row["search_description"], showInMenus: try row["show_in_menus"],
                firstPublished: try row["first_published_at"], lastPublished: try row["last_published_at"],
                localeID: try row["locale_id"], aliasOfID: try row["alias_of_id"], databaseRank: rank)
        }
        for page in data.pages { pages[page.id] = page }

        try session.forEach(.table("wagtailcore_locale", columns: "id, language_code", orderBy: "id")) { row in
            data.locales[try row["id"]] = try row["language_code"]
        }
        data.sites = try session.rows(
            .table("wagtailcore_site", columns: "id, hostname, port, is_default_site, root_page_id", orderBy: "id")
        ) { row in
            Site(
                id: try row["id"], hostname: try row["hostname"], port: try row["port"],
                isDefault: try row["is_default_site"], rootPageID: try row["root_page_id"])
        }
        data.restrictedPageIDs = try session.rows(
            .table("wagtailcore_pageviewrestriction", columns: "id, page_id", orderBy: "id")
        ) { try $0["page_id"] }
    }

    /// The page that row `id` of `table` extends.
    func page(_ id: Int, table: String) throws(CatalogError) -> Page {
        guard let page = pages[id] else {
            throw CatalogError(
                table: table, id: "\(id)",
                problem: "extends page \(id), which does not exist; restore that row or delete this one")
        }
        return page
    }

    /// The image with that id; an image that does not exist counts as none.
    func image(_ id: Int?) -> Image? { id.flatMap { images[$0] } }

    mutating func readMedia(_ session: inout Session) throws {
        var renditions: [Int: [Rendition]] = [:]
        try session.forEach(
            .table("wagtailimages_rendition", columns: "id, image_id, filter_spec, file, width, height", orderBy: "id")
        ) { row in
            let rendition = Rendition(
                imageID: try row["image_id"], filter: try row["filter_spec"], file: try row["file"],
                width: try row["width"], height: try row["height"])
            renditions[rendition.imageID, default: []].append(rendition)
        }
        data.images = try session.rows(
            .table("wagtailimages_image", columns: "id, title, file, width, height, file_hash", orderBy: "id")
        ) { row in
            let id: Int = try row["id"]
            return Image(
                id: id, title: try row["title"], file: try row["file"], width: try row["width"],
                height: try row["height"], fileHash: try row["file_hash"], renditions: renditions[id, default: []])
        }
        for image in data.images { images[image.id] = image }

        let restricted = try restrictedCollections(&session)
        try session.forEach(.table("wagtaildocs_document", columns: "id, file, collection_id", orderBy: "id")) { row in
            let id: Int = try row["id"]
            data.documents[id] = try row["file"]
            if restricted.contains(try row["collection_id"]) { data.restrictedDocumentIDs.insert(id) }
        }
        try session.forEach(.table("wagtailembeds_embed", columns: "id, url, html", orderBy: "id")) { row in
            let url: String = try row["url"]
            if data.embeds[url] == nil { data.embeds[url] = try row["html"] }
        }
    }

    /// The collections of the media library that only some visitors may see: a restriction stands on them or above them.
    private func restrictedCollections(_ session: inout Session) throws -> Set<Int> {
        var marked: Set<Int> = []
        try session.forEach(
            .table("wagtailcore_collectionviewrestriction", columns: "id, collection_id", orderBy: "id")
        ) { row in
            marked.insert(try row["collection_id"])
        }
        var paths: [ByteKey] = []
        var restricted: Set<Int> = []
        // In the order of paths a collection comes before those below it.
        try session.forEach(.table("wagtailcore_collection", columns: "id, path", orderBy: "path")) { row in
            let (id, path): (Int, String) = (try row["id"], try row["path"])
            let isBelow = paths.contains { path.utf8.starts(with: $0.text.utf8) }
            guard isBelow || marked.contains(id) else { return }
            restricted.insert(id)
            if !isBelow { paths.append(ByteKey(path)) }
        }
        return restricted
    }

    /// People who teach, and by page who teaches what it describes.
    mutating func readInstructors(_ session: inout Session) throws -> [Int: [InstructorLink]] {
        let columns = """
            page_ptr_id, instructor_name, instructor_title, instructor_bio_short, instructor_bio_long,
            feature_image_id
            """
        data.instructors = try session.rows(
            .table("cms_instructorpage", columns: columns, orderBy: "page_ptr_id")
        ) { row in
            Instructor(
                page: try page(try row["page_ptr_id"], table: "cms_instructorpage"), name: try row["instructor_name"],
                title: try row["instructor_title"], shortBio: try row["instructor_bio_short"],
                longBio: try row["instructor_bio_long"], featureImage: image(try row["feature_image_id"]))
        }
        let people = Dictionary(data.instructors.map { ($0.page.id, $0) }) { first, _ in first }
        var links: [Int: [InstructorLink]] = [:]
        try session.forEach(
            .table("cms_instructorpagelink", columns: "id, page_id, linked_instructor_page_id", orderBy: "id")
        ) { row in
            let instructorID: Int? = try row["linked_instructor_page_id"]
            links[try row["page_id"], default: []].append(
                InstructorLink(id: try row["id"], instructor: instructorID.flatMap { people[$0] }))
        }
        return links
    }

    mutating func readOtherPages(_ session: inout Session) throws {
        let forms = "page_ptr_id, selected_course_id, selected_program_id"
        data.financialAidForms = try session.rows(
            .table("cms_flexiblepricingrequestform", columns: forms, orderBy: "page_ptr_id")
        ) { row in
            FinancialAidForm(
                page: try page(try row["page_ptr_id"], table: "cms_flexiblepricingrequestform"),
                courseID: try row["selected_course_id"], programID: try row["selected_program_id"])
        }
        data.collections = try session.rows(
            .table("courses_programcollection", columns: "page_ptr_id, description", orderBy: "page_ptr_id")
        ) { row in
            ProgramCollection(
                page: try page(try row["page_ptr_id"], table: "courses_programcollection"),
                description: try row["description"])
        }
        data.collections.sort { $0.page.databaseRank < $1.page.databaseRank }
        data.collectionItems = try session.rows(
            .table(
                "courses_programcollectionitem", columns: "id, collection_id, program_id, sort_order", orderBy: "id")
        ) { row in
            CatalogData.CollectionItem(
                collectionID: try row["collection_id"],
                item: ProgramCollection.Item(
                    id: try row["id"], programID: try row["program_id"], order: try row["sort_order"]))
        }
    }
}
