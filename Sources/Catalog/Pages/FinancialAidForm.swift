/// A form with which learners ask for a lower price (`cms_flexiblepricingrequestform`).
public struct FinancialAidForm: Sendable {
    /// What it has in common with all pages.
    public let page: Page
    /// The course that it is for.
    public let courseID: Int?
    /// The program that it is for.
    public let programID: Int?

    /// The row with these values.
    public init(page: Page, courseID: Int?, programID: Int?) {
        self.page = page
        self.courseID = courseID
        self.programID = programID
    }
}
