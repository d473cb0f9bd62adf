import Catalog

extension SiteRenderer {
    /// The script with all that the search of the catalog knows.
    func searchIndex() -> [UInt8] {
        var index = SearchIndex()
        let settings = context.settings
        let bases =
            switch settings.site.productLinks {
            case .ownSite: ("courses/", "programs/")
            case .learn: ("\(settings.learnBaseURL)/courses/", "\(settings.learnBaseURL)/programs/")
            }
        return index.script(
            courses: plan.catalogCourses.map { entry(of: $0) }, programs: plan.catalogPrograms.map { entry(of: $0) },
            bases: bases)
    }

    private func entry(of course: Course) -> SearchIndex.Entry {
        let run = cardRun(of: course)
        return SearchIndex.Entry(
            title: context.title(of: course), readableID: course.readableID, image: image(of: course.page),
            note: dateText(of: course), departments: names(of: course.departments), topics: topics(of: course.page),
            people: people(of: course.page), availability: Availability(of: run, at: context.now))
    }

    private func entry(of program: Program) -> SearchIndex.Entry {
        SearchIndex.Entry(
            title: context.title(of: program), readableID: program.readableID, image: image(of: program.page),
            note: program.programType, departments: names(of: program.departments), topics: [],
            people: people(of: program.page), availability: nil)
    }

    private func image(of page: ProductPage?) -> String? {
        MediaLink.view(
            of: page?.featureImage, preferring: CardView.imageFilters,
            from: PagePlace(path: "", root: "", assets: ""))?.source
    }

    private func names(of departments: [Department]) -> [(String, String)] {
        departments.map { ($0.slug, $0.name) }
    }

    /// The topics of a page and those above them.
    private func topics(of page: ProductPage?) -> [(String, String)] {
        var seen: Set<Int> = []
        return (page?.topics ?? []).flatMap { topic in
            [topic, topic.parentID.flatMap { context.catalog.topics[$0] }].compactMap(\.self)
        }.compactMap { topic in
            guard seen.insert(topic.id).inserted, let slug = plan.topicSlugs[topic.id] else { return nil }
            return (slug, topic.name)
        }
    }

    private func people(of page: ProductPage?) -> [String] {
        (page.map { context.shownInstructors(of: $0) } ?? []).map(\.name).filter { !$0.isEmpty }
    }
}
