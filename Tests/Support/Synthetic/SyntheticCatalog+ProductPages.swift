import Bytes
import Store

extension SyntheticCatalog {
    /// The pages of courses and programs, and what hangs on them.
    func insertProductPages(into session: inout Session) throws -> Int {
        let coursePages = courses.lazy.compactMap { course in course.page.map { (owner: course.id, page: $0) } }
        let programPages = programs.lazy.compactMap { program in program.page.map { (owner: program.id, page: $0) } }
        let topics = coursePages.flatMap { entry in
            entry.page.topics.enumerated().map { (id: entry.owner * 4 + $0, page: entry.page.id, topic: $1) }
        }
        let pages = [coursePages.map(\.page), programPages.map(\.page)].lazy.joined()
        let links = pages.flatMap { page in
            page.instructors.enumerated().map { (id: page.id * 4 + $0, page: page.id, person: PageID.instructor($1)) }
        }
        return try session.insert("cms_coursepage", coursePages) { owner, page in
            page.columns() + ["course_id": owner, "ingest_content_files_for_ai": true]
        }
            + session.insert("cms_programpage", programPages) { owner, page in
                let price: Bind = page.price == 0 ? .null : .decimal(Decimal64(units: page.price * 4, scale: 2))
                return page.columns() + ["program_id": owner, "list_price": price]
            }
            + session.insert("cms_coursepage_topics", topics) { link in
                ["id": link.id, "coursepage_id": link.page, "coursestopic_id": link.topic]
            }
            + session.insert("cms_instructorpagelink", links) { link in
                ["id": link.id, "order": 1, "linked_instructor_page_id": link.person, "page_id": link.page]
            } + insertCertificates(below: pages, into: &session) + insertForms(into: &session)
    }

    private func insertCertificates(
        below pages: some Sequence<ProductPage>, into session: inout Session
    ) throws -> Int {
        try session.insert("cms_certificatepage", pages.lazy.filter(\.hasCertificatePage)) { page in
            let signatory = PageID.signatory(page.id % signatoryCount + 1)
            return [
                "page_ptr_id": PageID.certificate(below: page.id), "product_name": page.title,
                "CEUs": "\(page.weeks / 2).5",
                "signatories": SyntheticCatalog.block("signatory", .number("\(signatory)"), number: page.id),
                "overrides": JSONValue.array([]), "should_provision_verifiable_credential": false,
            ]
        }
    }

    private func insertForms(into session: inout Session) throws -> Int {
        let ofCourses = courses.lazy.filter { $0.page?.hasForm == true }
            .map { (page: PageID.coursePage($0.id), course: Int?.some($0.id), program: Int?.none) }
        let ofPrograms = programs.lazy.filter { $0.page?.hasForm == true }
            .map { (page: PageID.programPage($0.id), course: Int?.none, program: Int?.some($0.id)) }
        return try session.insert("cms_flexiblepricingrequestform", Array(ofCourses) + Array(ofPrograms)) { form in
            [
                "page_ptr_id": PageID.form(below: form.page), "intro": "<p data-block-key=\"abcde\">Apply here.</p>",
                "selected_course_id": form.course, "selected_program_id": form.program,
            ]
        }
    }
}
