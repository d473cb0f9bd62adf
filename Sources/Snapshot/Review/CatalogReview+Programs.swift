import Bytes
import Catalog

/// What is missing or odd about programs, their requirement trees, and program collections.
extension CatalogReview {
    mutating func lookAt(_ program: Program, _ verdict: LearnProgramVerdict) {
        guard let page = program.page, isShown(page) else { return }
        lookAtTitle(context.title(of: program), table: "courses_program", id: program.id)
        if page.includeInLearnCatalog == true, program.live, !program.b2bOnly, !page.page.live {
            add(
                .warning, "page-not-live", "cms_programpage", page.page.id,
                "Is to be listed by MIT Learn and the program is live, but its page is not",
                "publish the page in the CMS, or untick “Include in Learn catalog”")
        }
        if page.page.live, !program.live {
            add(
                .warning, "page-without-live-program", "courses_program", program.id,
                "Has a live page, but the program is not live, so that MIT Learn does not see it",
                "tick “Live” on the program in the admin, or unpublish the page")
        }
        lookAt(page, table: "cms_programpage")
        if program.live { lookAtTree(of: program, verdict) }
        let isSold = program.enrollmentModes.contains(where: \.requiresPayment)
        if program.live, !program.b2bOnly, isSold, program.product == nil {
            add(
                .note, "product-missing", "courses_program", program.id,
                "Can be taken for money but has no active product, so that nobody can buy it as a whole",
                "add an active product for the program, unless its courses are bought one by one")
        }
    }

    private mutating func lookAtTree(of program: Program, _ verdict: LearnProgramVerdict) {
        let table = "courses_program"
        guard !program.requirements.branches.isEmpty else {
            return add(
                .warning, "requirements-missing", table, program.id, "Has no requirements", "add them in the admin")
        }
        if verdict.courses.isEmpty, verdict.programs.isEmpty {
            add(
                .warning, "courses-missing", table, program.id, "Requires no course and no program",
                "add courses to its requirements in the admin")
        }
        for part in verdict.courses {
            guard let course = context.catalog.course(part.id) else { continue }
            lookAt(part, course, in: program)
        }
        for part in verdict.programs where part.lookup != .accepted {
            add(
                .warning, "program-part-hidden", table, program.id,
                "Requires the program \(part.readableID), which is not public, so that MIT Learn leaves it out",
                "make that program live, or take it out of the requirements")
        }
        for branch in program.requirements.branches { lookAtCount(of: branch) }
    }

    private mutating func lookAt(_ part: LearnProgramVerdict.Part, _ course: Course, in program: Program) {
        let advice = "publish it, or take it out of the requirements"
        switch part.lookup {
        case .accepted where !course.live:
            add(
                .warning, "course-part-hidden", "courses_program", program.id,
                "Requires the course \(part.readableID), which is not live (courses_course \(part.id))", advice)
        case .accepted: break
        case .missing:
            add(
                .warning, "course-part-hidden", "courses_program", program.id,
                "Requires the course \(part.readableID), which MIT Learn cannot load (courses_course \(part.id))",
                "mend that course")
        case .pageNotLive:
            let page = course.page.map { "whose page is not live (wagtailcore_page \($0.page.id))" }
            add(
                .warning, "course-part-hidden", "courses_program", program.id,
                "Requires the course \(part.readableID), \(page ?? "which has no page"), so that MIT Learn leaves it out",
                advice)
        }
    }

    private mutating func lookAtCount(of branch: RequirementTree.Branch) {
        let asked = branch.node.operation == "min_number_of" ? branch.node.operatorNumber : nil
        if let asked, asked > branch.children.count {
            add(
                .warning, "operator-count", "courses_programrequirement", branch.node.id,
                "Asks for \(asked) items but has \(branch.children.count), so that nobody can complete it",
                "lower operator_value or add items in the admin")
        }
        for child in branch.children { lookAtCount(of: child) }
    }

    mutating func lookAt(_ collection: ProgramCollection) {
        guard collection.page.live else { return }
        lookAtReferences(in: collection.description, "courses_programcollection", collection.page.id, "description")
        for item in collection.items {
            guard let program = context.catalog.program(item.programID), !program.isShown || program.b2bOnly else {
                continue
            }
            let reason =
                !program.live ? "is not live" : program.b2bOnly ? "is for organisations only" : "has no live page"
            add(
                .warning, "collection-program-hidden", "courses_programcollection", collection.page.id,
                "Lists the program \(program.readableID), which \(reason)",
                "publish that program, or take it out of the collection")
        }
    }
}
