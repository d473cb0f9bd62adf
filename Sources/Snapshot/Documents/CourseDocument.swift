import Bytes
import Catalog
import Markup

/// A course as JSON (`spec/catalog.md` §6.2, §6.4), and its parts, so that other documents can take them over byte for byte.
struct CourseDocument: Sendable {
    /// The whole object.
    let whole: Fragment
    /// What it shows beside rows of the course itself.
    let view: CourseView
    /// The members before `courseruns`, with the opening brace.
    let head: ArraySlice<UInt8>
    /// Each run with its object.
    let runs: [(id: Int, bytes: ArraySlice<UInt8>)]

    /// The object without its runs.
    var details: [ArraySlice<UInt8>] { [head, Fixed.closingBrace] }

    /// The object with `runs`, each already encoded, in place of its own.
    func with(runs: [[ArraySlice<UInt8>]]) -> Fragment {
        var slices: [ArraySlice<UInt8>] = []
        slices.reserveCapacity(runs.reduce(3) { $0 + $1.count + 1 })
        slices += [head, Fixed.courseRunsOpening]
        for (place, run) in runs.enumerated() {
            if place > 0 { slices.append(Fixed.comma) }
            slices += run
        }
        slices.append(Fixed.courseRunsClosing)
        return Fragment(slices)
    }

    /// The object of a run; nil when the document does not show it.
    func bytes(of run: CourseRun) -> ArraySlice<UInt8>? {
        runs.first { $0.id == run.id }?.bytes
    }
}

/// What a course document shows that depends on its audience: of two documents of one course with equal views, everything but
/// the runs is equal too.
struct CourseView: Equatable, Sendable {
    let nextRunID: Int?
    let programIDs: [Int]
    let departmentIDs: [Int]
    let variantIDs: [Int]
    let offersCertificate: Bool
    let isDated: Bool
}

extension RenderContext {
    /// Encodes `course` for `audience` with `runs`; `departments` in the order that the document gives them.
    mutating func document(
        of course: Course, for audience: Audience, departments: [Department], runs: [CourseRun]
    ) -> CourseDocument {
        var buffer = documentBuffer()
        let parts = write(course, for: audience, departments: departments, runs: runs, into: &buffer)
        let bytes = keep(buffer)
        return CourseDocument(
            whole: Fragment(bytes), view: parts.view, head: bytes[..<parts.headEnd],
            runs: parts.runs.map { (id: $0.id, bytes: bytes[$0.range]) })
    }

    /// Writes the document; tells what it shows, where the members before `courseruns` end, and where each run stands.
    mutating func write(
        _ course: Course, for audience: Audience, departments: [Department], runs: [CourseRun],
        into buffer: inout ByteBuffer
    ) -> (view: CourseView, headEnd: Int, runs: [(id: Int, range: Range<Int>)]) {
        let view = view(of: course, for: audience, departments: departments)
        var headEnd = 0
        var ranges: [(id: Int, range: Range<Int>)] = []
        ranges.reserveCapacity(runs.count)
        buffer.object { object in
            writeDetails(of: course, view: view, departments: departments, into: &object)
            headEnd = object.buffer.count
            object.array("courseruns", runs) { buffer, run in
                let start = buffer.count
                write(run, of: course, for: audience, into: &buffer)
                ranges.append((run.id, start..<buffer.count))
            }
        }
        return (view, headEnd, ranges)
    }

    /// What a document of `course` for `audience` shows.
    func view(of course: Course, for audience: Audience, departments: [Department]) -> CourseView {
        let nextRun = course.nextRun(at: now, includingSource: audience.letsSourceRunsBeNext(strict: isStrict))
        return CourseView(
            nextRunID: nextRun?.id,
            programIDs: course.programPositions.map { catalog.programs[$0] }
                .filter { audience.shows($0) && !leftOutPrograms.contains($0.id) }.map(\.id),
            departmentIDs: departments.map(\.id),
            variantIDs: course.variants.filter { audience.shows($0) }.map(\.id),
            offersCertificate: offersCertificate(course, nextRun: nextRun, audience: audience),
            isDated: course.runs.contains {
                audience.countsForAvailability($0, strict: isStrict) && $0.isDated(at: now)
            })
    }

    private mutating func writeDetails(
        of course: Course, view: CourseView, departments: [Department], into object: inout JSONObjectWriter
    ) {
        let page = course.page
        let nextRun = course.runs.first { $0.id == view.nextRunID }
        let programs = view.programIDs.compactMap { catalog.program($0) }
        object.member("id", course.id)
        object.member("title", title(of: course))
        object.member("readable_id", course.readableID)
        object.member("next_run_id", view.nextRunID)
        object.objects("departments", departments) { $0.member("name", $1.name) }
        object.key("page")
        writeCatalogPage(of: course, nextRun: nextRun, programs: programs, into: &object.buffer)
        object.array("programs", programs) { buffer, program in
            buffer.appendSummary(of: program, title: title(of: program))
        }
        object.objects("topics", topicNames(of: page)) { $0.member("name", $1) }
        object.member("certificate_type", CertificateType.of(programs.first))
        object.member("certificate_available", view.offersCertificate)
        object.member("required_prerequisites", page?.requiresPrerequisites ?? false)
        object.member("duration", page?.length)
        object.member("min_weeks", page?.minWeeks)
        object.member("max_weeks", page?.maxWeeks)
        object.memberNumber("min_price", page?.minPrice)
        object.memberNumber("max_price", page?.maxPrice)
        object.member("time_commitment", page?.effort)
        object.member("availability", view.isDated ? "dated" : "anytime")
        object.member("min_weekly_hours", page?.minWeeklyHours)
        object.member("max_weekly_hours", page?.maxWeeklyHours)
        object.member("include_in_learn_catalog", page.map(\.includeInLearnCatalog) ?? false)
        object.member("ingest_content_files_for_ai", page.map(\.ingestContentFilesForAI) ?? false)
        let variants = course.variants.filter { view.variantIDs.contains($0.id) }
        object.objects("possible_variant_sets", variants) { $0.write($1) }
    }

    private func offersCertificate(_ course: Course, nextRun: CourseRun?, audience: Audience) -> Bool {
        if case .strictPage = audience { return false }
        return nextRun != nil && course.runs.contains(where: \.isVerified)
    }

    private mutating func writeCatalogPage(
        of course: Course, nextRun: CourseRun?, programs: [Program], into buffer: inout ByteBuffer
    ) {
        guard let page = course.page else { return buffer.append("null") }
        let form = catalog.financialAid.form(forCourse: course, programs: programs.map(\.id))
        let formURL = url(of: form)
        buffer.object { object in
            object.member("feature_image_src", source(of: page.featureImage))
            object.member("page_url", "\(settings.learnBaseURL)/courses/\(course.readableID)")
            object.member("description", TagStripper.escapedText(of: page.description ?? ""))
            object.member("live", page.page.live)
            object.member("length", stripped(page.length))
            object.member("effort", stripped(page.effort))
            object.member("financial_assistance_form_url", formURL)
            object.memberNumber("current_price", nextRun?.product?.price)
            object.objects("instructors", instructors(of: page)) { writer, instructor in
                writer.member("name", instructor.name)
                writer.member("description", TagStripper.escapedText(of: instructor.shortBio ?? ""))
            }
        }
    }

    /// Text without tags; nil when there was none to begin with.
    private func stripped(_ html: String?) -> String? {
        guard let html, !html.isEmpty else { return nil }
        return TagStripper.escapedText(of: html)
    }

    /// Who teaches, in the order of the catalog documents (§6.1).
    func instructors(of page: ProductPage) -> [Instructor] {
        let linked = page.instructors.compactMap(\.instructor)
        // Links come by id and the sort is stable, so equal page ids keep the order of their links.
        return isStrict ? linked.sorted { $0.page.id < $1.page.id } : linked
    }

    /// The title to show: what was published, or in `strict` whatever the row says [D10].
    func title(of course: Course) -> String { isStrict ? course.title : course.publicTitle }

    /// The title to show: what was published, or in `strict` whatever the row says [D10].
    func title(of program: Program) -> String { isStrict ? program.title : program.publicTitle }
}

extension ByteBuffer {
    /// A program as courses and programs name the ones that they are part of (§6.2, row 7).
    mutating func appendSummary(of program: Program, title: String) {
        object { object in
            object.member("title", title)
            object.member("readable_id", program.readableID)
            object.member("id", program.id)
            object.member("type", "program")
            object.member("display_mode", program.displayMode)
        }
    }
}

extension JSONObjectWriter {
    /// The members of a variant set (§6.2.3).
    mutating func write(_ variant: VariantSet) {
        member("language", variant.language)
        member("variant_length", variant.length)
        member("variant_industry", variant.industry)
        member("active", variant.active)
        member("b2b_only", variant.b2bOnly)
        member("default_variant", variant.isDefault)
    }

    /// The members of an enrollment mode (§6.2.2, row 19).
    mutating func write(_ mode: EnrollmentMode) {
        member("mode_slug", mode.slug)
        member("mode_display_name", mode.displayName)
        member("requires_payment", mode.requiresPayment)
    }

    /// The members of an active product (§6.2.2, row 26).
    mutating func write(_ product: Product) {
        member("id", product.id)
        memberText("price", product.price)
        member("description", product.description)
        member("is_active", true)
    }
}
