import Bytes

/// A course as MIT Learn stores it after reading our document (`spec/catalog.md` §8.2).
public struct LearnCourse: Hashable, Sendable {
    /// The kind of certificate.
    public enum CertificationType: String, Sendable {
        case micromasters, completion, none
    }

    /// The course's identity on Learn.
    public let readableID: String
    /// The title.
    public let title: String
    /// The address on Learn, nil without a product page.
    public let url: String?
    /// Whether learners see the course.
    public let isPublished: Bool
    /// Unpublished, but its content is taken in: then its runs count as published for Learn's own use.
    public let isTestMode: Bool
    /// The runs, in the document's order.
    public let runs: [LearnRun]
    /// Whether some run on offer leads to a certificate.
    public let hasCertification: Bool
    /// The certificate's kind, `none` without one.
    public let certificationType: CertificationType
    /// The sanitised description's source, empty without one.
    public let description: String
    /// The image's address.
    public let image: String?
    /// The names of the instructors of every run, in order.
    public let instructors: [String]
    /// The names of the topics, before Learn's own mapping.
    public let topics: [String]
    /// The departments that Learn knows, others are dropped.
    public let departments: [String]
    /// The numbers of the course, that of the latest run first.
    public let courseNumbers: [String]
    /// `dated` or `anytime`, as sent.
    public let availability: String?
    /// The least hours a week; a text that is no integer is dropped.
    public let minimumWeeklyHours: Int?
    /// The most hours a week; a text that is no integer is dropped.
    public let maximumWeeklyHours: Int?

    /// What Learn at `learnBaseURL`, whose clock says `now`, makes of `document`; nil for a title that it leaves out.
    public init?(_ document: JSONValue, now: Timestamp, learnBaseURL: String) throws(LearnFailure) {
        let item = document["readable_id"]?.string ?? "a course"
        let reader = LearnReader(value: document, item: item)
        readableID = try reader.text("readable_id", limit: 512)
        title = try reader.text("title", limit: 256)
        if title.uppercased().contains("PROCTORED EXAM") { return nil }
        let page = LearnReader(value: document["page"] ?? .null, item: item, path: "page.")
        let context = LearnRun.Context(
            now: now, hasPageURL: page.isTrue("page_url"), isPageLive: page.isTrue("live"),
            minimumPrice: try reader.money("min_price"), maximumPrice: try reader.money("max_price"))
        _ = try reader.required("courseruns")
        var runs: [LearnRun] = []
        for run in try reader.list("courseruns") { runs.append(try LearnRun(run, course: context)) }
        self.runs = runs
        url = context.hasPageURL ? "\(learnBaseURL)/courses/\(readableID)" : nil
        isPublished =
            context.hasPageURL && context.isPageLive && runs.contains(where: \.isPublished)
            && reader.isTrue("include_in_learn_catalog")
        isTestMode = !isPublished && reader.isTrue("ingest_content_files_for_ai")
        hasCertification = runs.contains(where: \.isCertifying)
        certificationType = try Self.certificationType(reader, certified: hasCertification)
        description = try page.optionalText("description") ?? ""
        image = try page.optionalText("feature_image_src")
        instructors = try page.names(of: "instructors")
        topics = try reader.names(of: "topics")
        departments = try reader.names(of: "departments").filter(LearnDepartments.names.contains)
        courseNumbers = Self.courseNumbers(runs)
        availability = try reader.optionalText("availability")
        _ = try reader.optionalText("duration", limit: 256)
        _ = try reader.optionalText("time_commitment", limit: 256)
        _ = try reader.integer("min_weeks")
        _ = try reader.integer("max_weeks")
        minimumWeeklyHours = reader.hours("min_weekly_hours")
        maximumWeeklyHours = reader.hours("max_weekly_hours")
    }

    /// The run with that identity.
    public func run(_ id: String) -> LearnRun? {
        runs.first { $0.runID == id }
    }

    private static func certificationType(
        _ reader: LearnReader, certified: Bool
    ) throws(LearnFailure) -> CertificationType {
        guard certified else { return .none }
        let text = try reader.text("certificate_type", limit: .max)
        return text.lowercased() == "micromasters credential" ? .micromasters : .completion
    }

    private static func courseNumbers(_ runs: [LearnRun]) -> [String] {
        let latestFirst = runs.enumerated().sorted { left, right in
            let starts = (left.element.start?.microseconds ?? .min, right.element.start?.microseconds ?? .min)
            return starts.0 == starts.1 ? left.offset < right.offset : starts.0 > starts.1
        }
        return latestFirst.reduce(into: []) { numbers, run in
            if let number = run.element.courseNumber, !numbers.contains(number) { numbers.append(number) }
        }
    }
}
