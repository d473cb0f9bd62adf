import Catalog

/// The certificate that MIT Learn shows for a course.
public enum LearnCertificate: String, Sendable {
    case micromasters, completion, none
}

/// What MIT Learn's ETL makes of a course (`spec/catalog.md` §8.2).
public struct LearnCourseVerdict: Hashable, Sendable {
    /// Primary key of `courses_course`.
    public let id: Int
    /// The course's identity on MIT Learn.
    public let readableID: String
    /// The title.
    public let title: String
    /// What becomes of it.
    public let state: LearnState
    /// Its address on MIT Learn, nil without a page or when it is left out.
    public let url: String?
    /// Why it is not published; empty when it is.
    public let reasons: [LearnReason]
    /// All its runs, by id.
    public let runs: [LearnRunVerdict]
    /// The certificate that its published runs lead to.
    public let certificate: LearnCertificate
    /// Whether it has a description.
    public let hasDescription: Bool
    /// The address of its image.
    public let image: String?
    /// Who teaches every run, in order.
    public let instructors: [String]
    /// The topics that are sent; those that MIT Learn does not know it drops.
    public let topics: [String]
    /// The departments that it keeps.
    public let departments: [String]
    /// The departments that it drops since it does not know them.
    public let droppedDepartments: [String]
    /// The numbers, that of the latest run first.
    public let courseNumbers: [String]
    /// `dated` or `anytime`.
    public let availability: String
    /// The least hours a week; nil when the text is no whole number.
    public let minimumWeeklyHours: Int?
    /// The most hours a week; nil when the text is no whole number.
    public let maximumWeeklyHours: Int?
}

extension RenderContext {
    /// What MIT Learn makes of `course`.
    ///
    /// - Parameter problem: why it cannot load it at all; nil when it can.
    func verdict(on course: Course, problem: String?) -> LearnCourseVerdict {
        let page = course.page
        let view = view(of: course, for: .etl, departments: course.departments)
        let runs = course.runs.map { verdict(on: $0, of: course) }
        let reasons = reasons(against: course, runs: runs, problem: problem)
        let state = state(of: course, problem: problem, hasReasons: !reasons.isEmpty)
        let program = view.programIDs.first.flatMap { catalog.program($0) }
        let isCertified = runs.contains(where: \.isCertifying)
        let departments = course.departments.map(\.name)
        return LearnCourseVerdict(
            id: course.id, readableID: course.readableID, title: title(of: course), state: state,
            url: page == nil || state == .leftOut ? nil : "\(settings.learnBaseURL)/courses/\(course.readableID)",
            reasons: reasons, runs: runs,
            certificate: !isCertified ? .none : program?.isMicroMasters == true ? .micromasters : .completion,
            hasDescription: page.map { hasText($0.description) } ?? false, image: source(of: page?.featureImage),
            instructors: page.map { instructors(of: $0).map(\.name) } ?? [], topics: topicNames(of: page),
            departments: departments.filter(LearnDepartments.names.contains),
            droppedDepartments: departments.filter { !LearnDepartments.names.contains($0) },
            courseNumbers: courseNumbers(of: course), availability: view.isDated ? "dated" : "anytime",
            minimumWeeklyHours: page.flatMap { Int($0.minWeeklyHours) },
            maximumWeeklyHours: page.flatMap { Int($0.maxWeeklyHours) })
    }

    /// Whether MIT Learn leaves out a course of that title (§8.1).
    static func isExcluded(title: String) -> Bool { title.uppercased().contains("PROCTORED EXAM") }

    private func state(of course: Course, problem: String?, hasReasons: Bool) -> LearnState {
        if problem != nil { return isStrict ? .breaksLoad : .leftOut }
        if Self.isExcluded(title: title(of: course)) { return .leftOut }
        if !hasReasons { return .published }
        return course.page?.ingestContentFilesForAI == true ? .testMode : .unpublished
    }

    private func reasons(against course: Course, runs: [LearnRunVerdict], problem: String?) -> [LearnReason] {
        var reasons: [LearnReason] = []
        if let problem {
            reasons.append(
                LearnReason(
                    "learn-invalid", "courses_course", course.id, nil, "cannot be loaded: \(problem)", "mend it"))
        } else if Self.isExcluded(title: title(of: course)) {
            reasons.append(
                LearnReason(
                    "title-excluded", "courses_course", course.id, "title", title(of: course),
                    "nothing, MIT Learn wants no proctored exams; a course has another title"))
        }
        guard let page = course.page else {
            return reasons + [
                LearnReason(
                    "page-missing", "cms_coursepage", nil, "course_id", "\(course.id)",
                    "make a page for the course in the CMS")
            ]
        }
        reasons += self.reasons(against: page, table: "cms_coursepage")
        if course.runs.isEmpty {
            reasons.append(
                LearnReason(
                    "run-missing", "courses_courserun", nil, "course_id", "\(course.id)", "add a run in the admin"))
        } else if page.page.live, !runs.contains(where: \.isPublished) {
            reasons += runs.compactMap(\.reasons.first)
        }
        return reasons
    }

    /// What keeps a course or program off MIT Learn and stands on its page.
    func reasons(against page: ProductPage, table: String) -> [LearnReason] {
        var reasons: [LearnReason] = []
        if !page.page.live {
            reasons.append(
                LearnReason(
                    "page-not-live", "wagtailcore_page", page.page.id, "live", "false",
                    "publish the page in the CMS"))
        }
        if page.includeInLearnCatalog != true {
            reasons.append(
                LearnReason(
                    "not-included", table, page.page.id, "include_in_learn_catalog",
                    page.includeInLearnCatalog == nil ? "null" : "false",
                    "tick “Include in Learn catalog” on the page in the CMS to publish it"))
        }
        return reasons
    }

    private func courseNumbers(of course: Course) -> [String] {
        let latestFirst = course.runs.enumerated().sorted { left, right in
            let starts = [left, right].map { ($0.element.start ?? $0.element.enrollmentStart)?.microseconds ?? .min }
            return starts[0] == starts[1] ? left.offset < right.offset : starts[0] > starts[1]
        }
        return latestFirst.reduce(into: []) { numbers, run in
            let number = CourseKey.courseNumber(of: run.element.coursewareID)
            if !numbers.contains(number) { numbers.append(number) }
        }
    }
}
