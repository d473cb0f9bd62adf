import Catalog

/// How faithfully documents follow the existing application.
public enum Compatibility: String, CaseIterable, Sendable {
    /// Value for value, flaws included, to compare with a live system.
    case strict
    /// Without the flaws (`spec/catalog.md` §12).
    case improved
}

/// What a render needs to know beside the catalog (`spec/catalog.md` §13).
public struct RenderSettings: Sendable {
    /// Scheme and host of the site, without a slash at the end.
    public var siteBaseURL: String
    /// Scheme and host of MIT Learn, without a slash at the end.
    public var learnBaseURL: String
    /// Scheme and host of the courseware, without a slash at the end.
    public var coursewareBaseURL: String
    /// How faithfully documents follow the existing application.
    public var compatibility: Compatibility = .improved
    /// Items a list page, 1 to 1000.
    public var pageSize = 100
    /// Whether links between list pages leave out scheme and host.
    public var relativeLinks = false
    /// Whether the pages documents are written.
    public var pages = true
    /// Whether the runs of the internal documents carry their variant sets; `strict` never does.
    public var runVariantSets = true
    /// The texts of the ways of learning.
    public var howYoullLearn: [HowYoullLearn: String] = Copy.howYoullLearn
    /// What the HTML site needs to know.
    public var site = SiteSettings()

    /// Settings for the three hosts, everything else as by default.
    public init(siteBaseURL: String, learnBaseURL: String, coursewareBaseURL: String) {
        self.siteBaseURL = siteBaseURL
        self.learnBaseURL = learnBaseURL
        self.coursewareBaseURL = coursewareBaseURL
    }

    /// Whether flaws of the existing application are reproduced.
    var isStrict: Bool { compatibility == .strict }
}
