import Bytes
import Snapshot

/// A report for programs: `now`, `counts`, `courses`, `programs` and `findings`. The names of members stay; new ones may be
/// added. A course or program has `state`, which is `published`, `unpublished`, `test-mode`, `left-out` or `breaks-load`,
/// and `reasons`, each with `code`, `table`, `id`, `column`, `value` and `advice`; a finding has `severity`, which is `error`,
/// `warning` or `note`, `code`, `table`, `id`, `title`, `course_id` or `program_id`, `text` and `advice`.
struct CheckJSON {
    let report: CatalogReport
    let selection: CheckSelection

    func write(into object: inout JSONObjectWriter) {
        object.member("now", report.now)
        object.member("counts", json: report.counts.json)
        object.objects("courses", selection.courses) { $0.write($1) }
        object.objects("programs", selection.programs) { $0.write($1) }
        object.objects("findings", selection.findings) { $0.write($1) }
    }
}

extension JSONObjectWriter {
    fileprivate mutating func write(_ course: LearnCourseVerdict) {
        member("id", course.id)
        member("readable_id", course.readableID)
        member("title", course.title)
        member("state", course.state.rawValue)
        member("url", course.url)
        objects("reasons", course.reasons) { $0.write($1) }
        member("certificate", course.certificate.rawValue)
        member("availability", course.availability)
        member("has_description", course.hasDescription)
        member("image", course.image)
        texts("instructors", course.instructors)
        texts("topics", course.topics)
        texts("departments", course.departments)
        texts("dropped_departments", course.droppedDepartments)
        texts("course_numbers", course.courseNumbers)
        member("min_weekly_hours", course.minimumWeeklyHours)
        member("max_weekly_hours", course.maximumWeeklyHours)
        objects("runs", course.runs) { $0.write($1) }
    }

    private mutating func write(_ run: LearnRunVerdict) {
        member("id", run.id)
        member("courseware_id", run.coursewareID)
        member("title", run.title)
        member("published", run.isPublished)
        member("status", run.status.rawValue)
        member("variant", run.variant?.rawValue)
        member("fully_enrollable", run.isFullyEnrollable)
        texts("prices", run.prices.map { "\($0)" })
        member("start", run.start)
        member("end", run.end)
        objects("reasons", run.reasons) { $0.write($1) }
    }

    fileprivate mutating func write(_ program: LearnProgramVerdict) {
        member("id", program.id)
        member("readable_id", program.readableID)
        member("title", program.title)
        member("state", program.state.rawValue)
        member("url", program.url)
        member("shown_as_course", program.isShownAsCourse)
        objects("reasons", program.reasons) { $0.write($1) }
        member("certificate_type", program.certificateType)
        memberText("min_price", program.minimumPrice)
        memberText("max_price", program.maximumPrice)
        member("has_description", program.hasDescription)
        texts("topics", program.topics)
        texts("departments", program.departments)
        texts("dropped_departments", program.droppedDepartments)
        member("start", program.start)
        objects("courses", program.courses) { $0.write($1) }
        objects("programs", program.programs) { $0.write($1) }
    }

    private mutating func write(_ part: LearnProgramVerdict.Part) {
        member("id", part.id)
        member("readable_id", part.readableID)
        member("lookup", part.lookup.rawValue)
    }

    private mutating func write(_ reason: LearnReason) {
        member("code", reason.code)
        member("table", reason.table)
        member("id", reason.id)
        member("column", reason.column)
        member("value", reason.value)
        member("advice", reason.advice)
    }

    fileprivate mutating func write(_ finding: Finding) {
        member("severity", finding.severity.rawValue)
        member("code", finding.code)
        member("table", finding.table)
        member("id", finding.id)
        member("title", finding.title)
        switch finding.subject {
        case .course(let id): member("course_id", id)
        case .program(let id): member("program_id", id)
        case .other: break
        }
        member("text", finding.text)
        member("advice", finding.advice)
    }

    private mutating func texts(_ name: StaticString, _ texts: [String]) {
        array(name, texts) { $0.appendJSON($1) }
    }
}
