import Markup

/// A course or program in the report.
struct ReportSubject: TemplateRecord {
    /// A line of what MIT Learn takes over.
    struct Fact: TemplateRecord {
        let name: String
        let value: String

        static let fields = TemplateFields<Fact>(.text("name", \.name), .text("value", \.value))
    }

    /// `course` or `program`.
    let kind: String
    let id: Int
    let title: String
    let readableID: String
    let state: LearnState
    let url: String?
    /// Why it is not published.
    let reasons: [String]
    let facts: [Fact]
    let runs: [ReportRun]
    let parts: [ReportPart]
    let findings: [ReportFinding]

    private func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }

    static let fields = TemplateFields<ReportSubject>(
        .text("anchor") { "\($0.kind)-\($0.id)" }, .text("kind", \.kind), .text("title", \.title),
        .text("readableID", \.readableID), .text("state", \.state.words), .text("stateClass", \.state.rawValue),
        .text("url", \.url), .flag("hasReasons") { !$0.reasons.isEmpty }, .texts("reasons", \.reasons),
        .list("facts", \.facts), .flag("hasRuns") { !$0.runs.isEmpty }, .list("runs", \.runs),
        .flag("hasParts") { !$0.parts.isEmpty }, .list("parts", \.parts),
        .flag("hasFindings") { !$0.findings.isEmpty }, .list("findings", \.findings),
        .number("errors") { $0.count(.error) }, .number("warnings") { $0.count(.warning) },
        .number("notes") { $0.count(.note) })
}

extension ReportSubject {
    init(_ course: LearnCourseVerdict, findings: [Finding]) {
        (kind, id, title, readableID) = ("course", course.id, course.title, course.readableID)
        (state, url) = (course.state, course.url)
        reasons = course.reasons.map(\.sentence)
        facts = [
            Fact(name: "Certificate", value: course.certificate.rawValue),
            Fact(name: "Availability", value: course.availability),
            Fact(name: "Description", value: course.hasDescription ? "yes" : "none"),
            Fact(name: "Image", value: course.image == nil ? "none" : "yes"),
            Fact(name: "Instructors", value: course.instructors.listed),
            Fact(name: "Topics", value: course.topics.listed),
            Fact(name: "Departments", value: course.departments.listed),
            Fact(name: "Dropped departments", value: course.droppedDepartments.listed),
        ]
        runs = course.runs.map { ReportRun(verdict: $0) }
        parts = []
        self.findings = findings.map { ReportFinding($0) }
    }

    init(_ program: LearnProgramVerdict, findings: [Finding]) {
        (kind, id, title, readableID) = ("program", program.id, program.title, program.readableID)
        (state, url) = (program.state, program.url)
        reasons = program.reasons.map(\.sentence)
        facts = [
            Fact(name: "Certificate", value: program.certificateType),
            Fact(name: "Description", value: program.hasDescription ? "yes" : "none"),
            Fact(name: "Topics", value: program.topics.listed),
            Fact(name: "Departments", value: program.departments.listed),
            Fact(name: "Dropped departments", value: program.droppedDepartments.listed),
        ]
        runs = []
        parts =
            program.courses.map { ReportPart(kind: "course", part: $0) }
            + program.programs.map { ReportPart(kind: "program", part: $0) }
        self.findings = findings.map { ReportFinding($0) }
    }
}

/// A run in the report.
struct ReportRun: TemplateRecord {
    let verdict: LearnRunVerdict

    static let fields = TemplateFields<ReportRun>(
        .text("coursewareID", \.verdict.coursewareID),
        .text("state") { $0.verdict.isPublished ? "published" : "unpublished" },
        .text("stateClass") { $0.verdict.isPublished ? "published" : "unpublished" },
        .text("status", \.verdict.status.rawValue),
        .text("prices") { $0.verdict.prices.map { $0.isZero ? "free" : "$\($0)" }.joined(separator: ", ") },
        .text("start") { $0.verdict.start.map { "\($0)" } }, .text("end") { $0.verdict.end.map { "\($0)" } },
        .texts("reasons") { $0.verdict.reasons.map(\.sentence) })
}

/// A course or program that a program of the report requires.
struct ReportPart: TemplateRecord {
    let kind: String
    let part: LearnProgramVerdict.Part

    static let fields = TemplateFields<ReportPart>(
        .text("kind", \.kind), .text("readableID", \.part.readableID), .text("lookup", \.part.lookup.words))
}

/// A finding of the report.
struct ReportFinding: TemplateRecord {
    let severity: Finding.Severity
    let finding: Finding

    init(_ finding: Finding) {
        severity = finding.severity
        self.finding = finding
    }

    static let fields = TemplateFields<ReportFinding>(
        .text("severity", \.severity.rawValue), .text("code", \.finding.code),
        .text("row") { "\($0.finding.table) \($0.finding.id)" }, .text("object", \.finding.title),
        .text("sentence", \.finding.sentence))
}

extension [String] {
    fileprivate var listed: String { isEmpty ? "none" : joined(separator: ", ") }
}
