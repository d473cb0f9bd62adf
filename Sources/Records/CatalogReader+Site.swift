import Bytes
import Catalog
import Store

extension CatalogReader {
    /// What only the HTML site shows: home and resource pages, the banner, and the rules for robots.
    mutating func readSite(_ session: inout Session) throws {
        try readHomePages(&session)
        data.resourcePages = try session.rows(
            .table("cms_resourcepage", columns: "page_ptr_id, header_image_id, content", orderBy: "page_ptr_id")
        ) { row in
            ResourcePage(
                page: try page(try row["page_ptr_id"], table: "cms_resourcepage"),
                headerImage: image(try row["header_image_id"]), content: try row["content"])
        }
        try session.forEach(.table("cms_sitebanner", columns: "id, message", orderBy: "id")) { row in
            let message: String? = try row["message"]
            let id: Int = try row["id"]
            data.banner = message.map { (id, $0) }
        }
        try readRobotsRules(&session)
    }

    private mutating func readHomePages(_ session: inout Session) throws {
        var featured: [Int: [Int]] = [:]
        try session.forEach(
            .table("cms_homeproductlink", columns: "id, page_id, course_product_page_id", orderBy: "id")
        ) { row in
            let product: Int? = try row["course_product_page_id"]
            if let product { featured[try row["page_id"], default: []].append(product) }
        }
        let columns = """
            page_ptr_id, hero_id, hero_title, hero_subtitle, product_section_title, video_component_title,
            video_component_description, video_url
            """
        data.homePages = try session.rows(.table("cms_homepage", columns: columns, orderBy: "page_ptr_id")) { row in
            let id: Int = try row["page_ptr_id"]
            return HomePage(
                page: try page(id, table: "cms_homepage"), hero: image(try row["hero_id"]),
                heroTitle: try row["hero_title"], heroSubtitle: try row["hero_subtitle"],
                productSectionTitle: try row["product_section_title"], videoTitle: try row["video_component_title"],
                videoDescription: try row["video_component_description"], videoURL: try row["video_url"],
                featuredPageIDs: featured[id] ?? [])
        }
    }

    private mutating func readRobotsRules(_ session: inout Session) throws {
        var patterns: [Int: String] = [:]
        try session.forEach(.table("robots_url", columns: "id, pattern", orderBy: "id")) { row in
            patterns[try row["id"]] = try row["pattern"]
        }
        let allowed = try links(&session, "robots_rule_allowed", owner: "rule_id", target: "url_id")
        let disallowed = try links(&session, "robots_rule_disallowed", owner: "rule_id", target: "url_id")
        data.robotsRules = try session.rows(
            .table("robots_rule", columns: "id, robot, crawl_delay", orderBy: "id")
        ) { row in
            let id: Int = try row["id"]
            let delay = try row.optionalDecimal("crawl_delay", scale: 1)
            return RobotsRule(
                id: id, robot: try row["robot"], allowed: (allowed[id] ?? []).compactMap { patterns[$0] },
                disallowed: (disallowed[id] ?? []).compactMap { patterns[$0] }, crawlDelay: delay.map { "\($0)" })
        }
    }
}
