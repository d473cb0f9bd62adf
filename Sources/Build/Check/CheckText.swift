import Command
import Snapshot

/// A report for people: counts, then what is wrong, a block for each course and program, then what MIT Learn does not show.
struct CheckText {
    let report: CatalogReport
    let selection: CheckSelection
    let showsAll: Bool

    /// Every line without control characters, whatever a title holds.
    var text: String {
        var blocks = selection.isNamed ? [] : [summary]
        let subjects = selection.courses.map(block) + selection.programs.map(block)
        blocks += subjects.compactMap(\.self)
        if !selection.isNamed {
            blocks += otherBlocks
            if !showsAll, let hidden = hiddenTable { blocks.append(hidden) }
        }
        return blocks.joined(separator: "\n\n")
    }

    private var summary: String {
        func states(_ noun: String, _ states: [LearnState]) -> String {
            let counts = LearnState.allCases.compactMap { state -> String? in
                let count = states.count { $0 == state }
                return count == 0 ? nil : "\(count) \(state.words)"
            }
            return counted(states.count, noun) + (counts.isEmpty ? "" : ": " + counts.joined(separator: ", "))
        }
        let notes = selection.count(.note)
        let hint = showsAll || notes == 0 ? "" : " (--all shows them)"
        return [
            states("course", selection.courses.map(\.state)), states("program", selection.programs.map(\.state)),
            "\(counted(selection.count(.error), "error")), \(counted(selection.count(.warning), "warning")), "
                + counted(notes, "note") + hint,
        ].joined(separator: "\n")
    }

    private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// The findings that are shown of a subject.
    private func shown(_ subject: Finding.Subject) -> [Finding] {
        let findings = report.findings(on: subject)
        return showsAll || selection.isNamed ? findings : findings.filter { $0.severity != .note }
    }

    private func block(_ course: LearnCourseVerdict) -> String? {
        let findings = shown(.course(course.id))
        guard showsAll || selection.isNamed || !findings.isEmpty else { return nil }
        return block(
            course.title, course.readableID, course.line, reasons: course.reasons,
            details: selection.isNamed ? course.details : [], findings)
    }

    private func block(_ program: LearnProgramVerdict) -> String? {
        let findings = shown(.program(program.id))
        guard showsAll || selection.isNamed || !findings.isEmpty else { return nil }
        return block(
            program.title, program.readableID, program.line, reasons: program.reasons,
            details: selection.isNamed ? program.details : [], findings)
    }

    private func block(
        _ title: String, _ id: String, _ line: String, reasons: [LearnReason], details: [String], _ findings: [Finding]
    ) -> String {
        // The line tells the first reason; in full all are told.
        let more = selection.isNamed ? reasons.dropFirst().map { "    and \($0.sentence)" } : []
        return
            (["\(title.printable) (\(id.printable))", "  \(line.printable)"] + more.map(\.printable)
            + details.map(\.printable) + [table(of: findings)].filter { !$0.isEmpty })
            .joined(separator: "\n")
    }

    private func table(of findings: [Finding]) -> String {
        findings.map { finding in
            [
                "  \(finding.severity.rawValue)", finding.code, "\(finding.table) \(finding.id)",
                finding.sentence.printable,
            ]
        }.columns
    }

    /// What belongs to no course or program: a block for each object.
    private var otherBlocks: [String] {
        var order: [String] = []
        var groups: [String: [Finding]] = [:]
        for finding in shown(.other) {
            if groups[finding.title] == nil { order.append(finding.title) }
            groups[finding.title, default: []].append(finding)
        }
        return order.map { "\($0.printable)\n\(table(of: groups[$0] ?? []))" }
    }

    /// What MIT Learn does not show although nothing is wrong with it, a line each.
    private var hiddenTable: String? {
        let courses = selection.courses.filter { $0.state != .published && shown(.course($0.id)).isEmpty }
        let programs = selection.programs.filter { $0.state != .published && shown(.program($0.id)).isEmpty }
        guard !courses.isEmpty || !programs.isEmpty else { return nil }
        let rows =
            courses.map { ["  " + $0.title, $0.readableID, $0.state.words, $0.reasons.first?.text ?? ""] }
            + programs.map { ["  " + $0.title, $0.readableID, $0.state.words, $0.reasons.first?.text ?? ""] }
        return "Not on MIT Learn, and nothing wrong with it:\n" + rows.map { $0.map(\.printable) }.columns
    }
}

extension LearnCourseVerdict {
    fileprivate var line: String {
        guard state == .published else {
            return "\(state.words)" + (reasons.first.map { ": \($0.sentence)" } ?? "")
        }
        let published = runs.filter(\.isPublished)
        let prices = Set(published.flatMap(\.prices)).sorted().map { $0.isZero ? "free" : "$\($0)" }
        let facts =
            ["\(published.count) of \(runs.count) run\(runs.count == 1 ? "" : "s")"]
            + (prices.isEmpty ? ["archived"] : [prices.joined(separator: " or ")])
            + (certificate == .none ? ["no certificate"] : ["certificate of \(certificate.rawValue)"])
        return "published at \(url ?? ""): " + facts.joined(separator: ", ")
    }

    /// The runs as a table, and what else MIT Learn takes over.
    fileprivate var details: [String] {
        let rows =
            [["    RUN", "ON MIT LEARN", "STATUS", "PRICES", "START", "WHY"]]
            + runs.map { run in
                [
                    "    \(run.coursewareID)".printable, run.isPublished ? "published" : "unpublished",
                    run.status.rawValue, run.prices.map { "\($0)" }.joined(separator: ", "),
                    run.start.map { "\($0)" } ?? "", run.reasons.map(\.sentence).joined(separator: "; ").printable,
                ]
            }
        return (runs.isEmpty ? [] : rows.columns.split(separator: "\n").map(String.init))
            + [
                "  instructors: \(instructors.listed)", "  topics: \(topics.listed)",
                "  departments: \(departments.listed)\(droppedDepartments.dropped)",
                "  description: \(hasDescription ? "yes" : "none"), image: \(image ?? "none"), "
                    + "availability: \(availability)",
            ]
    }
}

extension LearnProgramVerdict {
    fileprivate var line: String {
        guard state == .published else {
            return "\(state.words)" + (reasons.first.map { ": \($0.sentence)" } ?? "")
        }
        let taken = courses.count { $0.lookup == .accepted }
        return
            "published at \(url ?? ""): \(taken) of \(courses.count) course\(courses.count == 1 ? "" : "s"), \(certificateType)"
    }

    /// The parts as a table, and what else MIT Learn takes over.
    fileprivate var details: [String] {
        let rows =
            courses.map { ["    course", $0.readableID.printable, $0.lookup.words] }
            + programs.map { ["    program", $0.readableID.printable, $0.lookup.words] }
        return (rows.isEmpty ? [] : rows.columns.split(separator: "\n").map(String.init))
            + [
                "  topics: \(topics.listed)", "  departments: \(departments.listed)\(droppedDepartments.dropped)",
                "  description: \(hasDescription ? "yes" : "none")",
            ]
    }
}

extension [String] {
    fileprivate var listed: String { isEmpty ? "none" : joined(separator: ", ") }

    fileprivate var dropped: String { isEmpty ? "" : " (dropped, since MIT Learn does not know them: \(listed))" }
}
