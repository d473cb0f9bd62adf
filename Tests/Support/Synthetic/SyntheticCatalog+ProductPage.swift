import Bytes
import Store

extension SyntheticCatalog {
    /// The page of a course or a program.
    struct ProductPage {
        let id: Int
        let title: String
        let slug: String
        let live: Bool
        let topics: [Int]
        /// The numbers of those who teach.
        let instructors: [Int]
        let hasCertificatePage: Bool
        let hasForm: Bool
        /// The longest duration in weeks.
        let weeks: Int
        let imageID: Int?
        /// In cents.
        let price: Int64
        let includedInLearn: Bool?
        let catalog: SyntheticCatalog

        init(ofCourse course: Int, title: String, slug: String, in catalog: SyntheticCatalog) {
            self.init(
                PageID.coursePage(course), title: title, slug: slug, image: course, certificates: 40, forms: 3,
                in: catalog)
        }

        init(ofProgram program: Int, title: String, slug: String, in catalog: SyntheticCatalog) {
            self.init(
                PageID.programPage(program), title: title, slug: slug, image: program, certificates: 70, forms: 30,
                in: catalog)
        }

        /// `certificates` and `forms`: how many pages of a hundred have one.
        private init(
            _ id: Int, title: String, slug: String, image: Int, certificates: Int, forms: Int,
            in catalog: SyntheticCatalog
        ) {
            var random = SyntheticCatalog.random(.page, id)
            self.id = id
            self.title = title
            self.slug = slug
            self.catalog = catalog
            live = random.chance(92)
            topics = random.some(random.number(1...3), of: 1...SyntheticCatalog.topicCount)
            instructors = random.some(random.number(1...4), of: 1...catalog.instructorCount)
            hasCertificatePage = random.chance(certificates)
            hasForm = random.chance(forms)
            weeks = random.number(4...16)
            imageID = random.chance(92) ? image : nil
            price = random.chance(15) ? 0 : Int64(random.number(49...399) * 100)
            includedInLearn = random.chance(85) ? true : random.pick([false, nil])
        }

        /// The columns that the pages of courses and programs have in common, texts included.
        func columns() -> SyntheticRow {
            var prose = Prose(random: SyntheticCatalog.random(.texts, id), catalog: catalog)
            let hours = prose.random.number(2...9)
            let prerequisites: Bind = prose.random.chance(50) ? .text(prose.paragraph(sentences: 1...2)) : .null
            let price = Decimal64(units: price, scale: 2)
            return [
                "page_ptr_id": id, "description": prose.paragraphs(1...3), "about": prose.about(),
                "what_you_learn": prose.list(4...8), "prerequisites": prerequisites,
                "length": "\(weeks) weeks", "effort": "\(hours)–\(hours + 3) hours per week",
                "min_weekly_hours": "\(hours)", "max_weekly_hours": "\(hours + 3)", "min_weeks": weeks - 2,
                "max_weeks": weeks, "price": priceBlock(), "min_price": Decimal64(units: 0, scale: 2),
                "max_price": price, "faq_url": "https://example.org/faq/\(id)",
                "video_url": prose.random.chance(50) ? Bind.text("https://video.example.org/\(id)") : .null,
                "feature_image_id": imageID, "faculty_section_title": "Meet your instructors",
                "include_in_learn_catalog": includedInLearn, "show_stay_updated": prose.random.chance(50),
                "hyl_choice_ai_enabled_support": prose.random.chance(20),
                "hyl_choice_learn_by_doing": prose.random.chance(70),
                "hyl_choice_learn_from_others": prose.random.chance(60),
                "hyl_choice_learn_on_demand": prose.random.chance(50),
                "hyl_choice_realworld_learning": prose.random.chance(60),
                "hyl_choice_stackable_credentials": prose.random.chance(30),
            ]
        }

        private func priceBlock() -> JSONValue {
            let text = price == 0 ? "Free" : "$\(price / 100)"
            let value = JSONValue.object([
                JSONValue.Member(key: "link", value: .string("")), JSONValue.Member(key: "text", value: .string(text)),
            ])
            return SyntheticCatalog.block("price_details", value, number: id)
        }
    }

    /// A list of one block, as the CMS keeps a stream of them.
    static func block(_ type: String, _ value: JSONValue, number: Int) -> JSONValue {
        .array([
            .object([
                JSONValue.Member(key: "id", value: .string(uuid(number))),
                JSONValue.Member(key: "type", value: .string(type)), JSONValue.Member(key: "value", value: value),
            ])
        ])
    }

    /// A UUID that ends in the number.
    static func uuid(_ number: Int) -> String {
        let digits = String(number)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.utf8.count) + digits
    }
}
