import Bytes
import Command
import Snapshot

/// What of a report is shown: everything, or the courses and programs that were named.
struct CheckSelection {
    let courses: [LearnCourseVerdict]
    let programs: [LearnProgramVerdict]
    /// Of what is shown, in the report's order.
    let findings: [Finding]
    /// Whether single courses or programs were named, which are then shown in full.
    let isNamed: Bool

    /// - Throws: `Failure` for a name that nothing has.
    init(of report: CatalogReport, courses names: [String]?, programs programNames: [String]?) throws(Failure) {
        isNamed = names != nil || programNames != nil
        guard isNamed else {
            (courses, programs, findings) = (report.courses, report.programs, report.findings)
            return
        }
        courses = try Self.chosen(names ?? [], of: report.courses, "course", \.readableID)
        programs = try Self.chosen(programNames ?? [], of: report.programs, "program", \.readableID)
        let subjects = courses.map { Finding.Subject.course($0.id) } + programs.map { .program($0.id) }
        findings = subjects.flatMap(report.findings(on:))
    }

    private static func chosen<Verdict>(
        _ names: [String], of verdicts: [Verdict], _ noun: String, _ readableID: (Verdict) -> String
    ) throws(Failure) -> [Verdict] {
        let wanted = Set(names.map(ByteKey.init))
        let known = Set(verdicts.map { ByteKey(readableID($0)) })
        for name in names where !known.contains(ByteKey(name)) {
            let near = NearMiss.nearest(to: name, among: verdicts.map(readableID))
            let question = near.map { "; did you mean '\($0)'?" } ?? ""
            throw Failure(.data, "no \(noun) has the readable id '\(name)'\(question)")
        }
        return verdicts.filter { wanted.contains(ByteKey(readableID($0))) }
    }

    func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }

    /// Whether there is nothing but notes.
    var isClean: Bool { count(.error) == 0 && count(.warning) == 0 }
}
