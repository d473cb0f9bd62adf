import Bytes

/// A course run as MIT Learn stores it (`spec/catalog.md` §8.3).
public struct LearnRun: Hashable, Sendable {
    /// Whether Learn offers the run now.
    public enum Status: String, Sendable {
        case current = "Current"
        case archived = "Archived"
    }

    /// What keeps a run from being offered as an ordinary one.
    public enum Variant: Hashable, Sendable {
        /// A run of a contract.
        case b2b
        /// A run whose first variant set of its language is not the default.
        case language
    }

    /// The run's identity: its courseware id.
    public let runID: String
    /// The title.
    public let title: String
    /// Stored as a variant, which is never published; nil for an ordinary run.
    public let variant: Variant?
    /// Whether learners see the run.
    public let isPublished: Bool
    /// Whether one can enroll and the window is not over by Learn's clock.
    public let isFullyEnrollable: Bool
    /// Current or archived.
    public let status: Status
    /// Prices in ascending order, two fraction digits; none for an archived run.
    public let prices: [Decimal64]
    /// Start date, else the start of enrollment.
    public let start: Timestamp?
    /// End date.
    public let end: Timestamp?
    /// The course part of the courseware id.
    public let courseNumber: String?
    /// The slugs of the enrollment modes, in order.
    public let modes: [String]
    /// Self-paced rather than instructor-paced.
    public let isSelfPaced: Bool
    /// Whether a published run of this kind gives its course a certificate.
    public var isCertifying: Bool { isPublished && status == .current && modes.contains("verified") }

    /// The run that `reader` stands on, in a course with that page and those prices.
    init(_ reader: LearnReader, course: Context) throws(LearnFailure) {
        runID = try reader.text("courseware_id", limit: 128)
        title = try reader.text("title", limit: 256)
        var modes: [String] = []
        for mode in try reader.list("enrollment_modes") { modes.append(try mode.text("mode_slug", limit: 255)) }
        self.modes = modes
        start = try reader.instant("start_date", else: "enrollment_start")
        end = try reader.instant("end_date")
        let closes = try reader.instant("enrollment_end", else: "end_date")
        isFullyEnrollable = reader.isTrue("is_enrollable") && closes.map { $0 >= course.now } != false
        status = course.hasPageURL && isFullyEnrollable ? .current : .archived
        prices = status == .current ? Self.prices(course: course, modes: modes) : []
        courseNumber = try reader.optionalText("course_number")
        isSelfPaced = reader.isTrue("is_self_paced")
        variant = reader.isTrue("b2b_contract") ? .b2b : try Self.isLanguageVariant(reader) ? .language : nil
        isPublished = variant == nil && reader.isTrue("is_enrollable") && course.isPageLive
    }

    /// What a run takes from its course.
    struct Context {
        let now: Timestamp
        let hasPageURL: Bool
        let isPageLive: Bool
        let minimumPrice: Decimal64?
        let maximumPrice: Decimal64?
    }

    private static func isLanguageVariant(_ reader: LearnReader) throws(LearnFailure) -> Bool {
        let language = try reader.optionalText("language") ?? ""
        for set in try reader.list("possible_variant_sets") where try set.optionalText("language") == language {
            return !set.isTrue("default_variant")
        }
        return false
    }

    /// Prices come from the course's page and the modes; products are not looked at.
    private static func prices(course: Context, modes: [String]) -> [Decimal64] {
        let free = Decimal64(units: 0, scale: 2)
        let range = [course.minimumPrice, course.maximumPrice].compactMap(\.self)
        guard range.contains(where: { !$0.isZero }) else { return [free] }
        var prices: Set<Decimal64> = modes.contains("verified") ? Set(range) : []
        if modes.contains("audit") { prices.insert(free) }
        return prices.isEmpty ? [free] : prices.sorted()
    }
}
