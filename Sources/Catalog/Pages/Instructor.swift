/// The page of somebody who teaches (`cms_instructorpage`).
public final class Instructor: Sendable {
    /// What it has in common with all pages.
    public let page: Page
    /// The name.
    public let name: String
    /// The title, such as `Professor of Mathematics`.
    public let title: String?
    /// Rich text, a sentence or two.
    public let shortBio: String?
    /// Rich text.
    public let longBio: String?
    /// The portrait.
    public let featureImage: Image?

    /// The row with these values.
    public init(
        page: Page, name: String, title: String?, shortBio: String?, longBio: String?, featureImage: Image?
    ) {
        self.page = page
        self.name = name
        self.title = title
        self.shortBio = shortBio
        self.longBio = longBio
        self.featureImage = featureImage
    }
}

/// That somebody teaches a course or program (`cms_instructorpagelink`).
public struct InstructorLink: Sendable {
    /// Primary key; the order of display.
    public let id: Int
    /// Who teaches; nil when the link names nobody.
    public let instructor: Instructor?

    /// The row with these values.
    public init(id: Int, instructor: Instructor?) {
        self.id = id
        self.instructor = instructor
    }
}
