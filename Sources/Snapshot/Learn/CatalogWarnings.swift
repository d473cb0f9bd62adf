import Bytes
import Catalog

/// What an editor should look at although MIT Learn would take it (`spec/catalog.md` §8.5).
extension RenderContext {
    mutating func warnAboutCourses() {
        for course in catalog.courses {
            warnAboutRuns(of: course)
            warnAboutPrices(of: course)
            guard let page = course.page else { continue }
            if course.titleIsLeakedDraft {
                warnings.add(
                    "draft-title-leak", "courses_course", course.id,
                    "Its title is that of an unpublished draft; publish the page or restore the title.")
            }
            if page.includeInLearnCatalog == true, !course.runs.contains(where: { $0.isPublic && $0.isOpen(at: now) }) {
                warnings.add(
                    "no-open-run", "courses_course", course.id,
                    "Shall be listed by MIT Learn but has no open run; open a run or take it out of the catalog.")
            }
            if page.page.live, !course.live {
                warnings.add(
                    "page-without-live-course", "courses_course", course.id,
                    "Its page is live but the course is not; publish the course or unpublish the page.")
            }
        }
    }

    private mutating func warnAboutRuns(of course: Course) {
        for run in course.runs where run.isSource && run.isOpen(at: now) {
            warnings.add(
                "source-run-open", "courses_courserun", run.id,
                "Is a source run that is open, which MIT Learn publishes as an ordinary run; close its enrollment.")
        }
    }

    private mutating func warnAboutPrices(of course: Course) {
        guard let page = course.page else { return }
        warnAboutPrices(of: page, table: "cms_coursepage")
        let sellsCertificates = course.runs.contains { $0.isVerified && $0.product != nil }
        if page.minPrice.isZero, page.maxPrice.isZero, sellsCertificates {
            warnings.add(
                "price-missing", "cms_coursepage", page.page.id,
                "Has no price although a verified run has a product, so that MIT Learn shows it as free; set the prices."
            )
        }
    }

    private mutating func warnAboutPrices(of page: ProductPage, table: String) {
        guard page.minPrice > page.maxPrice else { return }
        warnings.add(
            "price-order", table, page.page.id, "Has a min_price above its max_price; exchange or correct them.")
    }

    mutating func warnAboutPrograms() {
        for program in catalog.programs {
            if let page = program.page { warnAboutPrices(of: page, table: "cms_programpage") }
            if program.titleIsLeakedDraft {
                warnings.add(
                    "draft-title-leak", "courses_program", program.id,
                    "Its title is that of an unpublished draft; publish the page or restore the title.")
            }
            warnAboutOperators(of: program)
            for node in program.requirements.orphans {
                warnings.add(
                    "requirement-orphan", "courses_programrequirement", node.id,
                    "Hangs on no requirement tree and requires nothing; repair the tree.")
            }
        }
    }

    private mutating func warnAboutOperators(of program: Program) {
        for node in program.requirements.nodes where node.operation == "min_number_of" {
            guard node.operatorNumber.map({ $0 < 0 }) ?? true else { continue }
            warnings.add(
                "operator-value", "courses_programrequirement", node.id,
                "Asks for a number of items but its operator_value is not a whole number; set it.")
        }
    }

    mutating func warnAboutDepartments() {
        for department in catalog.departments where !LearnDepartments.names.contains(department.name) {
            warnings.add(
                "department-unknown", "courses_department", department.id,
                "MIT Learn knows no department of this name and drops it; use one of its names.")
        }
    }
}
