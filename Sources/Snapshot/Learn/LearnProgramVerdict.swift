import Bytes
import Catalog
import Markup

/// What MIT Learn's ETL makes of a program (`spec/catalog.md` §8.4).
public struct LearnProgramVerdict: Hashable, Sendable {
    /// What came of a course or program of the requirement tree.
    public enum Lookup: String, Sendable {
        /// It belongs to the program.
        case accepted
        /// There is no document of it.
        case missing
        /// Its page is missing or not live.
        case pageNotLive = "page-not-live"

        /// The outcome in words.
        public var words: String {
            switch self {
            case .accepted: "part of it"
            case .missing: "skipped: not among what MIT Learn reads"
            case .pageNotLive: "skipped: its page is missing or not live"
            }
        }
    }

    /// A course or program of the requirement tree.
    public struct Part: Hashable, Sendable {
        /// Primary key of `courses_course` or `courses_program`.
        public let id: Int
        /// Its readable id.
        public let readableID: String
        /// Whether MIT Learn takes it as a part.
        public let lookup: Lookup
    }

    /// Primary key of `courses_program`.
    public let id: Int
    /// The program's identity on MIT Learn.
    public let readableID: String
    /// The title.
    public let title: String
    /// What becomes of it.
    public let state: LearnState
    /// Its address on MIT Learn, nil when it is left out.
    public let url: String?
    /// Whether MIT Learn shows it as a course and keeps its courses out of a program above.
    public let isShownAsCourse: Bool
    /// Why it is not published; empty when it is.
    public let reasons: [LearnReason]
    /// The courses of its tree, each once, in tree order.
    public let courses: [Part]
    /// The programs of its tree, likewise.
    public let programs: [Part]
    /// What completing it is worth, as sent.
    public let certificateType: String
    /// The lowest price that is sent, in US dollars.
    public let minimumPrice: Decimal64?
    /// The highest price that is sent, in US dollars.
    public let maximumPrice: Decimal64?
    /// Whether it has a description.
    public let hasDescription: Bool
    /// The topics that are sent.
    public let topics: [String]
    /// The departments that MIT Learn keeps.
    public let departments: [String]
    /// The departments that it drops since it does not know them.
    public let droppedDepartments: [String]
    /// Start, else the start of enrollment.
    public let start: Timestamp?
}

extension RenderContext {
    /// What MIT Learn makes of `program`.
    ///
    /// - Parameters:
    ///   - problem: why it cannot load it at all; nil when it can.
    ///   - listed: the programs that MIT Learn reads.
    func verdict(on program: Program, problem: String?, listed: Set<Int>) -> LearnProgramVerdict {
        let page = program.page
        let reasons = reasons(against: program, problem: problem)
        let state: LearnState =
            if problem != nil {
                isStrict ? .breaksLoad : .leftOut
            } else if !listed.contains(program.id) {
                .leftOut
            } else {
                reasons.isEmpty ? .published : .unpublished
            }
        let isShownAsCourse = program.displayMode == "course"
        let folder = isShownAsCourse ? "courses/p" : "programs"
        let departments = program.departments.map(\.name)
        return LearnProgramVerdict(
            id: program.id, readableID: program.readableID, title: title(of: program), state: state,
            url: state == .leftOut ? nil : "\(settings.learnBaseURL)/\(folder)/\(program.readableID)",
            isShownAsCourse: isShownAsCourse, reasons: reasons, courses: learnCourses(of: program),
            programs: learnPrograms(of: program, listed: listed), certificateType: program.certificateType,
            minimumPrice: page?.minPrice, maximumPrice: page?.maxPrice,
            hasDescription: page.map { hasText($0.description) } ?? false, topics: topicNames(of: program),
            departments: departments.filter(LearnDepartments.names.contains),
            droppedDepartments: departments.filter { !LearnDepartments.names.contains($0) },
            start: nextStart(of: program) ?? program.start ?? program.enrollmentStart)
    }

    private func reasons(against program: Program, problem: String?) -> [LearnReason] {
        let table = "courses_program"
        var reasons: [LearnReason] = []
        if let problem {
            reasons.append(
                LearnReason("learn-invalid", table, program.id, nil, "cannot be loaded: \(problem)", "mend it"))
        }
        if !program.live {
            reasons.append(
                LearnReason(
                    "program-not-live", table, program.id, "live", "false", "tick “Live” on the program in the admin"))
        }
        if program.b2bOnly {
            reasons.append(
                LearnReason(
                    "program-b2b", table, program.id, "b2b_only", "true",
                    "nothing, it is for organisations; untick “B2B only” in the admin to offer it to everybody"))
        }
        guard let page = program.page else {
            return reasons + [
                LearnReason(
                    "page-missing", "cms_programpage", nil, "program_id", "\(program.id)",
                    "make a page for the program in the CMS")
            ]
        }
        return reasons + self.reasons(against: page, table: "cms_programpage")
    }

    /// MIT Learn asks for the document of each course of the tree.
    private func learnCourses(of program: Program) -> [LearnProgramVerdict.Part] {
        var seen: Set<Int> = []
        return program.requirements.branchNodes.filter { $0.nodeType == "course" }.compactMap(\.courseID)
            .filter { seen.insert($0).inserted }.compactMap { catalog.course($0) }
            .map { course in
                let lookup: LearnProgramVerdict.Lookup =
                    leftOutCourses.contains(course.id)
                    ? .missing : course.page?.page.live == true ? .accepted : .pageNotLive
                return .init(id: course.id, readableID: course.readableID, lookup: lookup)
            }
    }

    private func learnPrograms(of program: Program, listed: Set<Int>) -> [LearnProgramVerdict.Part] {
        var seen: Set<Int> = []
        return program.requirements.branchNodes.filter { $0.nodeType == "program" }.compactMap(\.requiredProgramID)
            .filter { seen.insert($0).inserted }.compactMap { catalog.program($0) }
            .map { part in
                .init(
                    id: part.id, readableID: part.readableID,
                    lookup: listed.contains(part.id) ? .accepted : .missing)
            }
    }

    /// Whether rich text says anything.
    func hasText(_ html: String?) -> Bool {
        TagStripper.escapedText(of: html ?? "").unicodeScalars.contains { !$0.properties.isWhitespace }
    }
}

extension RequirementTree {
    /// The nodes below the root, in tree order; none without a root.
    var branchNodes: ArraySlice<RequirementNode> {
        nodes.first?.depth == 1 ? nodes.dropFirst() : []
    }
}
