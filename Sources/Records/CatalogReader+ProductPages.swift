import Bytes
import Catalog
import Store

extension CatalogReader {
    /// What the pages of courses and programs have in common.
    private static let productColumns = """
        description, length, effort, min_weekly_hours, max_weekly_hours, min_weeks, max_weeks, price, min_price,
        max_price, prerequisites, about, what_you_learn, faq_url, video_url, feature_image_id, faculty_section_title,
        include_in_learn_catalog, show_stay_updated, hyl_choice_realworld_learning, hyl_choice_learn_by_doing,
        hyl_choice_learn_from_others, hyl_choice_learn_on_demand, hyl_choice_ai_enabled_support,
        hyl_choice_stackable_credentials
        """

    /// What other tables say about product pages.
    private struct Attachments {
        let topics: [Int: [Int]]
        let instructors: [Int: [InstructorLink]]
        let certificates: [ByteKey: CertificatePage]
    }

    mutating func readProductPages(_ session: inout Session) throws {
        let attachments = Attachments(
            topics: try links(
                &session, "cms_coursepage_topics", owner: "coursepage_id", target: "coursestopic_id"),
            instructors: try readInstructors(&session), certificates: try readCertificates(&session))
        let courseColumns = "page_ptr_id, course_id, " + Self.productColumns + ", ingest_content_files_for_ai"
        let coursePages = try session.rows(
            .table("cms_coursepage", columns: courseColumns, orderBy: "page_ptr_id")
        ) { row in
            try productPage(.course, row, owner: try row["course_id"], listPrice: nil, attachments)
        }
        let programColumns = "page_ptr_id, program_id, " + Self.productColumns + ", list_price"
        let programPages = try session.rows(
            .table("cms_programpage", columns: programColumns, orderBy: "page_ptr_id")
        ) { row in
            try productPage(
                .program, row, owner: try row["program_id"],
                listPrice: try row.optionalDecimal("list_price", scale: 2), attachments)
        }
        data.productPages = coursePages + programPages
    }

    private func productPage(
        _ kind: ProductPage.Kind, _ row: borrowing Row, owner: Int?, listPrice: Decimal64?,
        _ attachments: Attachments
    ) throws -> ProductPage {
        let id: Int = try row["page_ptr_id"]
        let page = try page(id, table: kind == .course ? "cms_coursepage" : "cms_programpage")
        return ProductPage(
            kind: kind, page: page, ownerID: owner,
            description: try row["description"], length: try row["length"], effort: try row["effort"],
            minWeeklyHours: try row["min_weekly_hours"], maxWeeklyHours: try row["max_weekly_hours"],
            minWeeks: try row["min_weeks"], maxWeeks: try row["max_weeks"], price: try row["price"],
            minPrice: try row.decimal("min_price", scale: 2), maxPrice: try row.decimal("max_price", scale: 2),
            listPrice: listPrice, prerequisites: try row["prerequisites"], about: try row["about"],
            whatYouLearn: try row["what_you_learn"], faqURL: try row["faq_url"], videoURL: try row["video_url"],
            featureImage: image(try row["feature_image_id"]), facultySectionTitle: try row["faculty_section_title"],
            includeInLearnCatalog: try row["include_in_learn_catalog"],
            ingestContentFilesForAI: kind == .course ? try row["ingest_content_files_for_ai"] : nil,
            showStayUpdated: try row["show_stay_updated"], howYoullLearn: try choices(row),
            topics: kind == .course
                ? attachments.topics[id, default: []].sorted().compactMap { topics[$0] } : [],
            instructors: attachments.instructors[id, default: []],
            certificatePage: attachments.certificates[ByteKey(page.path)])
    }

    private func choices(_ row: borrowing Row) throws -> [HowYoullLearn] {
        var chosen: [HowYoullLearn] = []
        func add(_ flag: Bool?, _ choice: HowYoullLearn) { if flag == true { chosen.append(choice) } }
        add(try row["hyl_choice_realworld_learning"], .realWorldLearning)
        add(try row["hyl_choice_learn_by_doing"], .learnByDoing)
        add(try row["hyl_choice_learn_from_others"], .learnFromOthers)
        add(try row["hyl_choice_learn_on_demand"], .learnOnDemand)
        add(try row["hyl_choice_ai_enabled_support"], .aiEnabledSupport)
        add(try row["hyl_choice_stackable_credentials"], .stackableCredentials)
        return chosen
    }
}
