import Bytes
import Catalog
import Markup

/// The pages of courses (`spec/catalog.md` §10.4).
extension SiteRenderer {
    mutating func renderCourses() async throws(TemplateError) {
        try await addPages(of: plan.courses) { renderer, course throws(TemplateError) in
            guard let page = course.page, let path = renderer.plan.path(of: course) else { return }
            var view = renderer.view(of: course, page, at: PagePlace(path: path))
            view.page.jsonLD = StructuredData(renderer.context, plan: renderer.plan).course(course)
            try renderer.addPage(path, renderer.templates.course, view)
            renderer.addCalendar(of: course)
        }
    }

    /// What the page of `course` at `place` says; `page` may be a draft of the course's own.
    mutating func view(of course: Course, _ page: ProductPage, at place: PagePlace) -> ProductView {
        let view = context.view(of: course, for: .everyone, departments: [])
        let programs = view.programIDs.compactMap { context.catalog.program($0) }
        let title = page.shownTitle(else: context.title(of: course))
        let texts = texts(of: page, at: place, anchors: anchors(of: page))
        let people = people(of: page, at: place)
        let ways = waysOfLearning(of: page)
        var product = ProductView(
            page: frame(of: page, title: title, at: place, learnURL: context.settings.learnURL(of: course)),
            listURL: place.link(to: SitePlan.courseList), title: title, isProgram: false,
            departments: departments(course.departments, lists: .courses, at: place),
            description: texts.description, about: texts.about, whatYouLearn: texts.whatYouLearn,
            prerequisites: texts.prerequisites, facultyTitle: page.facultySectionTitle?.trimmed, instructors: people,
            faqURL: WebLink.address(page.faqURL),
            facts: facts(of: course, page, view, programs: programs, at: place),
            programs: links(to: programs, from: place), waysOfLearning: ways, topics: topics(of: page, at: place),
            notice: context.settings.site.copy.exportControlNotice)
        product.number = course.number
        product.listSections()
        return product
    }

    private mutating func facts(
        of course: Course, _ page: ProductPage, _ view: CourseView, programs: [Program], at place: PagePlace
    ) -> FactsView {
        let now = context.now
        var facts = facts(of: page, enrollURL: context.settings.learnURL(of: course), at: place)
        let next = course.runs.first { $0.id == view.nextRunID }
        facts.tellStart(of: next, now: now)
        let offered = course.offeredRuns(at: now)
        // Runs in several languages have the same dates; each is said once.
        for run in offered {
            let dates = RunDatesView(start: run.start.map(DayView.init), end: run.end.map(DayView.init))
            if !facts.runs.contains(dates) { facts.runs.append(dates) }
        }
        facts.pacing = (next ?? offered.first).map { $0.isSelfPaced ? .own : .instructors }
        facts.languages = languages(of: course, offered: offered)
        if let price = next?.product.map({ MoneyText.amount($0.price) }),
            facts.price.map({ !MoneyText.names(price, in: $0) }) ?? true
        {
            facts.currentPrice = price
        }
        if course.publicRuns.contains(where: \.isVerified) { facts.certificate = CertificateType.of(programs.first) }
        facts.assistanceURL = absoluteURL(
            of: context.catalog.financialAid.form(forCourse: course, programs: view.programIDs))
        if context.hasCalendar(course) { facts.calendarURL = "./course.ics" }
        return facts
    }

    /// The languages of the public runs of the terms that are offered, in the order of their runs.
    private func languages(of course: Course, offered: [CourseRun]) -> [String] {
        var labels: [String] = []
        for run in course.publicRuns where run.live && offered.contains(where: { $0.runTag == run.runTag }) {
            let label = LanguageLabel.label(of: run.language)
            if !label.isEmpty, label != LanguageLabel.unknown, !labels.contains(label) { labels.append(label) }
        }
        return labels
    }

    /// Links to the programs that have a page.
    func links(to programs: [Program], from place: PagePlace) -> [LinkView] {
        programs.compactMap { program in
            link(to: program, from: place).map { LinkView(text: context.title(of: program), url: $0) }
        }
    }

    /// The page's topics with their lists.
    private func topics(of page: ProductPage, at place: PagePlace) -> [LinkView] {
        page.topics.sorted { (ByteKey($0.name), $0.id) < (ByteKey($1.name), $1.id) }.map { topic in
            LinkView(text: topic.name, url: productLists.path(of: topic).map { place.link(to: $0) })
        }
    }
}

extension FactsView {
    /// Says when learning with `run` starts; with no run, that nothing is open.
    mutating func tellStart(of run: CourseRun?, now: Timestamp) {
        guard let run, let start = run.start else {
            isClosed = true
            return
        }
        if start > now {
            starts = DayView(start)
        } else if run.isSelfPaced || run.isArchived(at: now) {
            startsAnytime = true
        } else {
            started = DayView(start)
        }
    }
}

extension ProductView {
    /// Lists the sections that there are.
    mutating func listSections() {
        sections = ProductSection.allCases.filter { section in
            switch section {
            case .about: about != nil
            case .whatYouLearn: whatYouLearn != nil
            case .prerequisites: prerequisites != nil
            case .requirements: !requirements.isEmpty
            case .instructors: !instructors.isEmpty
            case .waysOfLearning: !waysOfLearning.isEmpty
            }
        }.map(\.link)
    }
}
