import Bytes
import Catalog
import Markup

/// A course as JSON (`spec/catalog.md` §6.2, §6.4), and where its parts begin, so that other documents can take them over
/// byte for byte.
struct CourseDocument {
    /// The whole object.
    let bytes: [UInt8]
    /// Where the members before `courseruns` end; the object closes there in `course_details`.
    let detailsEnd: Int
    /// Where each run stands, with its run.
    let runs: [(run: CourseRun, range: Range<Int>)]

    /// The object without its runs.
    var details: [ArtifactBody.Piece] {
        [.bytes(bytes[..<detailsEnd]), .bytes(Fixed.closingBrace)]
    }

    /// The object with `runs`, each already encoded, in place of its own.
    func pieces(withRuns runs: [ArraySlice<UInt8>]) -> [ArtifactBody.Piece] {
        [.bytes(bytes[..<detailsEnd]), .bytes(Fixed.courseRunsOpening)]
            + runs.map { [.bytes($0)] }.joined(by: Fixed.comma) + [.bytes(Fixed.courseRunsClosing)]
    }

    /// The whole object.
    var pieces: [ArtifactBody.Piece] { [.bytes(bytes[...])] }
}

extension RenderContext {
    /// Encodes `course` for `audience` with `runs`; `departments` in the order that the document gives them.
    mutating func document(
        of course: Course, for audience: Audience, departments: [Department], runs: [CourseRun]
    ) -> CourseDocument {
        var buffer = documentBuffer()
        var detailsEnd = 0
        var ranges: [(CourseRun, Range<Int>)] = []
        ranges.reserveCapacity(runs.count)
        buffer.object { object in
            writeDetails(of: course, for: audience, departments: departments, into: &object)
            detailsEnd = object.buffer.count
            object.array("courseruns", runs) { buffer, run in
                let start = buffer.count
                write(run, of: course, for: audience, into: &buffer)
                ranges.append((run, start..<buffer.count))
            }
        }
        return CourseDocument(bytes: keep(buffer), detailsEnd: detailsEnd, runs: ranges)
    }

    private mutating func writeDetails(
        of course: Course, for audience: Audience, departments: [Department], into object: inout JSONObjectWriter
    ) {
        let page = course.page
        let nextRun = course.nextRun(
            at: now, includingSource: audience.letsSourceRunsBeNext(strict: isStrict))
        let programs = course.programPositions.map { catalog.programs[$0] }.filter {
            audience.shows($0) && !leftOutPrograms.contains($0.id)
        }
        object.member("id", course.id)
        object.member("title", title(of: course))
        object.member("readable_id", course.readableID)
        object.member("next_run_id", nextRun?.id)
        object.objects("departments", departments) { $0.member("name", $1.name) }
        object.key("page")
        writeCatalogPage(of: course, nextRun: nextRun, programs: programs, into: &object.buffer)
        object.array("programs", programs) { buffer, program in
            buffer.appendSummary(of: program, title: title(of: program))
        }
        object.objects("topics", topicNames(of: page)) { $0.member("name", $1) }
        object.member("certificate_type", CertificateType.of(programs.first))
        object.member("certificate_available", offersCertificate(course, nextRun: nextRun, audience: audience))
        object.member("required_prerequisites", page?.requiresPrerequisites ?? false)
        object.member("duration", page?.length)
        object.member("min_weeks", page?.minWeeks)
        object.member("max_weeks", page?.maxWeeks)
        object.memberNumber("min_price", page?.minPrice)
        object.memberNumber("max_price", page?.maxPrice)
        object.member("time_commitment", page?.effort)
        let isDated = course.runs.contains {
            audience.countsForAvailability($0, strict: isStrict) && $0.isDated(at: now)
        }
        object.member("availability", isDated ? "dated" : "anytime")
        object.member("min_weekly_hours", page?.minWeeklyHours)
        object.member("max_weekly_hours", page?.maxWeeklyHours)
        object.member("include_in_learn_catalog", page.map(\.includeInLearnCatalog) ?? false)
        object.member("ingest_content_files_for_ai", page.map(\.ingestContentFilesForAI) ?? false)
        object.objects("possible_variant_sets", course.variants.filter { audience.shows($0) }) { $0.write($1) }
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
    private func instructors(of page: ProductPage) -> [Instructor] {
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
