import Bytes
import Catalog
import Markup

/// The pages of programs (`spec/catalog.md` §10.5).
extension SiteRenderer {
    mutating func renderPrograms() async throws(TemplateError) {
        try await addPages(of: plan.programs) { renderer, program throws(TemplateError) in
            guard let page = program.page, let path = renderer.plan.path(of: program) else { return }
            var view = renderer.view(of: program, page, at: PagePlace(path: path))
            view.page.jsonLD = StructuredData(renderer.context, plan: renderer.plan).program(program)
            try renderer.addPage(path, renderer.templates.program, view)
        }
    }

    /// What the page of `program` at `place` says; `page` may be a draft of the program's own.
    mutating func view(of program: Program, _ page: ProductPage, at place: PagePlace) -> ProductView {
        var outline = RequirementOutline(renderer: self, place: place)
        let requirements = outline.groups(of: program)
        let title = page.shownTitle(else: context.title(of: program))
        let texts = texts(of: page, at: place, anchors: anchors(of: page, hasRequirements: !requirements.isEmpty))
        let people = people(of: page, at: place)
        let learnURL = context.settings.learnURL(of: program)
        var product = ProductView(
            page: frame(of: page, title: title, at: place, learnURL: learnURL),
            listURL: place.link(to: SitePlan.programList), title: title, isProgram: true,
            departments: departments(program.departments, lists: .programs, at: place),
            description: texts.description, about: texts.about, whatYouLearn: texts.whatYouLearn,
            prerequisites: texts.prerequisites, facultyTitle: page.facultySectionTitle?.trimmed, instructors: people,
            faqURL: WebLink.address(page.faqURL), facts: facts(of: program, page, learnURL, at: place),
            programs: links(to: productLists.programsAbove[program.id] ?? [], from: place),
            waysOfLearning: waysOfLearning(of: page), topics: [],
            notice: context.settings.site.copy.exportControlNotice)
        product.badge = program.programType?.trimmed
        product.requirements = requirements
        product.listSections()
        return product
    }

    private mutating func facts(
        of program: Program, _ page: ProductPage, _ learnURL: String, at place: PagePlace
    ) -> FactsView {
        var facts = facts(of: page, enrollURL: learnURL, at: place)
        if let price = (page.listPrice ?? program.product?.price).map(MoneyText.amount),
            facts.price.map({ !MoneyText.names(price, in: $0) }) ?? true
        {
            facts.currentPrice = price
        }
        if program.enrollmentModes.contains(where: \.requiresPayment) { facts.certificate = program.certificateType }
        let catalog = context.catalog
        facts.assistanceURL = absoluteURL(
            of: catalog.financialAid.form(forProgram: program) { catalog.parent(of: $0) })
        return facts
    }
}
