import Bytes
import Catalog

/// What is missing or odd about courses and their runs.
extension CatalogReview {
    mutating func lookAt(_ course: Course, _ verdict: LearnCourseVerdict) {
        guard let page = course.page, isShown(page) else { return }
        lookAtTitle(context.title(of: course), table: "courses_course", id: course.id)
        lookAtIntent(of: course, page, verdict)
        lookAt(page, table: "cms_coursepage")
        for run in course.runs where isCurrent(run) {
            lookAtDates(of: run)
            if run.isPublic { lookAtProduct(of: run, page) }
        }
    }

    /// Whether anything about the run still lies ahead, or learners can enroll.
    private func isCurrent(_ run: CourseRun) -> Bool {
        guard run.live, !run.isSource else { return false }
        let dates = [run.start, run.end, run.enrollmentStart, run.enrollmentEnd, run.upgradeDeadline]
        return run.isOpen(at: now) || dates.contains { $0.map { $0 > now } == true }
    }

    /// What editors want of MIT Learn and do not get.
    private mutating func lookAtIntent(of course: Course, _ page: ProductPage, _ verdict: LearnCourseVerdict) {
        guard page.includeInLearnCatalog == true, verdict.state != .leftOut, verdict.state != .breaksLoad else {
            return
        }
        guard page.page.live else {
            guard course.live else { return }
            return add(
                .warning, "page-not-live", "cms_coursepage", page.page.id,
                "Is to be listed by MIT Learn and the course is live, but its page is not",
                "publish the page in the CMS, or untick “Include in Learn catalog”")
        }
        let hasOpenRun = course.runs.contains { $0.isPublic && $0.isOpen(at: now) }
        if hasOpenRun, !verdict.runs.contains(where: \.isPublished) {
            add(
                .error, "no-published-run", "courses_course", course.id,
                "Is to be listed by MIT Learn, but its open runs are all variants, which MIT Learn publishes with none",
                "open a run in the course's default variant")
        }
        if verdict.state == .published, !verdict.runs.contains(where: { $0.isPublished && $0.status == .current }) {
            add(
                .note, "all-runs-over", "courses_course", course.id,
                "Is listed by MIT Learn as archived, since all its open runs are over",
                "add a run that lies ahead, or leave it so")
        }
    }

    private mutating func lookAtDates(of run: CourseRun) {
        func complain(_ severity: Finding.Severity, _ code: String, _ text: String, _ columns: String) {
            add(severity, code, "courses_courserun", run.id, text, "correct \(columns) of the run in the admin")
        }
        if let start = run.start, let end = run.end, end < start {
            complain(.warning, "run-ends-early", "Ends (\(end)) before it starts (\(start))", "start_date or end_date")
        }
        if let opens = run.enrollmentStart, let closes = run.enrollmentEnd, closes < opens {
            complain(
                .warning, "enrollment-ends-early", "Closes enrollment (\(closes)) before it opens it (\(opens))",
                "enrollment_start or enrollment_end")
        }
        guard let end = run.end else { return }
        if let closes = run.enrollmentEnd, closes > end {
            complain(
                .note, "enrollment-after-end", "Enrolls learners until \(closes), after its end (\(end))",
                "enrollment_end, unless the archive is to stay open,")
        }
        if let deadline = run.upgradeDeadline, deadline > end {
            complain(
                .warning, "upgrade-after-end", "Sells certificates until \(deadline), after its end (\(end))",
                "upgrade_deadline")
        }
    }

    private mutating func lookAtProduct(of run: CourseRun, _ page: ProductPage) {
        guard run.isVerified else { return }
        guard let product = run.product else {
            let sells = run.end.map { $0 > now } != false && run.upgradeDeadline.map { $0 > now } != false
            guard sells else { return }
            return add(
                .warning, "product-missing", "courses_courserun", run.id,
                "Offers a certificate (mode verified) but has no active product, so that nobody can buy it",
                "add an active product for the run, or take the mode away")
        }
        // Without any price the render warns already, and of an inverted range too.
        guard page.minPrice <= page.maxPrice, !page.maxPrice.isZero else { return }
        if product.price < page.minPrice || product.price > page.maxPrice {
            add(
                .warning, "product-price", "courses_courserun", run.id,
                "Costs $\(product.price) (ecommerce_product \(product.id)) while the page says $\(page.minPrice) to "
                    + "$\(page.maxPrice), which MIT Learn shows",
                "correct the product's price, or min_price and max_price on the page")
        }
    }
}
