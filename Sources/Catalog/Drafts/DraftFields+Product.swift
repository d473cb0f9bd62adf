import Bytes

extension DraftFields {
    /// What the page describes: the draft's, or the row's when the draft's is null.
    mutating func owner(of row: ProductPage, _ references: DraftReferences) throws(DraftError) -> Int? {
        let name = row.kind.ownerField
        return try value(
            name, .owner, row: row.ownerID, expected: "the id of a \(name) or null", json: JSONValue.init
        ) { (given) throws(DraftError) in
            if given.isNull { return .some(row.ownerID) }
            guard let id = given.int else { return nil }
            guard references.ids(of: row.kind).contains(id) else { throw DraftError.missing(name, id, in: name) }
            return id
        }
    }

    /// The page of a course or program with the draft's fields.
    mutating func product(
        _ row: ProductPage, as page: Page, owner: Int?, _ references: DraftReferences
    ) throws(DraftError) -> ProductPage {
        let isCourse = row.kind == .course
        return ProductPage(
            kind: row.kind, page: page, ownerID: owner,
            description: isCourse
                ? try text("description", row.description ?? "", kind: .richText)
                : try richText("description", row.description),
            length: try text("length", row.length), effort: try optionalText("effort", row.effort),
            minWeeklyHours: try text("min_weekly_hours", row.minWeeklyHours),
            maxWeeklyHours: try text("max_weekly_hours", row.maxWeeklyHours),
            minWeeks: try optionalInteger("min_weeks", row.minWeeks),
            maxWeeks: try optionalInteger("max_weeks", row.maxWeeks),
            price: try blocks("price", row: row.price, json: { $0 }) { .array($0) },
            minPrice: try money("min_price", row.minPrice), maxPrice: try money("max_price", row.maxPrice),
            listPrice: isCourse ? nil : try optionalMoney("list_price", row.listPrice),
            prerequisites: try richText("prerequisites", row.prerequisites),
            about: try richText("about", row.about),
            whatYouLearn: try richText("what_you_learn", row.whatYouLearn),
            faqURL: try optionalText("faq_url", row.faqURL), videoURL: try optionalText("video_url", row.videoURL),
            featureImage: try image("feature_image", row.featureImage, references),
            facultySectionTitle: try optionalText("faculty_section_title", row.facultySectionTitle),
            includeInLearnCatalog: try optionalFlag("include_in_learn_catalog", row.includeInLearnCatalog),
            ingestContentFilesForAI: isCourse
                ? try optionalFlag("ingest_content_files_for_ai", row.ingestContentFilesForAI) : nil,
            showStayUpdated: try optionalFlag("show_stay_updated", row.showStayUpdated),
            howYoullLearn: try howYoullLearn(row.howYoullLearn),
            topics: isCourse ? try topics(row.topics, references) : row.topics,
            instructors: try instructors(row.instructors, references), certificatePage: row.certificatePage)
    }

    /// The ticked ones of six flags; null counts as not ticked.
    private mutating func howYoullLearn(_ row: [HowYoullLearn]) throws(DraftError) -> [HowYoullLearn] {
        var chosen: [HowYoullLearn] = []
        for way in HowYoullLearn.allCases {
            let isTicked = try value(
                "hyl_choice_\(way.rawValue)", .flag, row: row.contains(way), expected: "true, false or null",
                json: JSONValue.bool
            ) { given in
                switch given {
                case .null: false
                case .bool(let flag): flag
                default: nil
                }
            }
            if isTicked { chosen.append(way) }
        }
        return chosen
    }
}

extension ProductPage {
    /// The same page about another course or program.
    func describing(_ owner: Int?) -> ProductPage {
        ProductPage(
            kind: kind, page: page, ownerID: owner, description: description, length: length, effort: effort,
            minWeeklyHours: minWeeklyHours, maxWeeklyHours: maxWeeklyHours, minWeeks: minWeeks, maxWeeks: maxWeeks,
            price: price, minPrice: minPrice, maxPrice: maxPrice, listPrice: listPrice, prerequisites: prerequisites,
            about: about, whatYouLearn: whatYouLearn, faqURL: faqURL, videoURL: videoURL, featureImage: featureImage,
            facultySectionTitle: facultySectionTitle, includeInLearnCatalog: includeInLearnCatalog,
            ingestContentFilesForAI: ingestContentFilesForAI, showStayUpdated: showStayUpdated,
            howYoullLearn: howYoullLearn, topics: topics, instructors: instructors, certificatePage: certificatePage)
    }
}
