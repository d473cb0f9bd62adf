import Bytes

/// The page that describes a course or a program (`cms_coursepage`, `cms_programpage`).
public final class ProductPage: Sendable {
    /// What a product page describes.
    public enum Kind: Sendable {
        case course
        case program
    }

    /// What the page describes.
    public let kind: Kind
    /// What it has in common with all pages.
    public let page: Page
    /// The course or program that it describes.
    public let ownerID: Int?
    /// Rich text; a program may have none.
    public let description: String?
    /// How long it takes, in words; may be empty.
    public let length: String
    /// How much work it is, in words; may hold HTML.
    public let effort: String?
    /// At least so many hours a week, free text.
    public let minWeeklyHours: String
    /// At most so many hours a week, free text.
    public let maxWeeklyHours: String
    /// At least so many weeks.
    public let minWeeks: Int?
    /// At most so many weeks.
    public let maxWeeks: Int?
    /// The price as editors word it: a stream of blocks.
    public let price: JSONValue
    /// The lowest price in US dollars, two fraction digits.
    public let minPrice: Decimal64
    /// The highest price in US dollars, two fraction digits.
    public let maxPrice: Decimal64
    /// The price of a program as editors list it, two fraction digits.
    public let listPrice: Decimal64?
    /// Rich text; null means "some", empty means "none".
    public let prerequisites: String?
    /// Rich text.
    public let about: String?
    /// Rich text.
    public let whatYouLearn: String?
    /// Where questions are answered.
    public let faqURL: String?
    /// A video about the product.
    public let videoURL: String?
    /// The image of the product.
    public let featureImage: Image?
    /// The heading above the instructors.
    public let facultySectionTitle: String?
    /// Whether MIT Learn shall list the product.
    public let includeInLearnCatalog: Bool?
    /// Whether MIT Learn may summarise the course's content; courses only.
    public let ingestContentFilesForAI: Bool?
    /// Whether the page offers news by mail.
    public let showStayUpdated: Bool?
    /// How learning will feel, as far as editors ticked it.
    public let howYoullLearn: [HowYoullLearn]

    /// The topics of a course, by topic id.
    public let topics: [Topic]
    /// Who teaches, by the id of the link.
    public let instructors: [InstructorLink]
    /// The first live certificate below the page.
    public let certificatePage: CertificatePage?

    /// The row with these values.
    public init(
        kind: Kind, page: Page, ownerID: Int?, description: String?, length: String, effort: String?,
        minWeeklyHours: String, maxWeeklyHours: String, minWeeks: Int?, maxWeeks: Int?, price: JSONValue,
        minPrice: Decimal64, maxPrice: Decimal64, listPrice: Decimal64?, prerequisites: String?, about: String?,
        whatYouLearn: String?, faqURL: String?, videoURL: String?, featureImage: Image?, facultySectionTitle: String?,
        includeInLearnCatalog: Bool?, ingestContentFilesForAI: Bool?, showStayUpdated: Bool?,
        howYoullLearn: [HowYoullLearn], topics: [Topic], instructors: [InstructorLink],
        certificatePage: CertificatePage?
    ) {
        self.kind = kind
        self.page = page
        self.ownerID = ownerID
        self.description = description
        self.length = length
        self.effort = effort
        self.minWeeklyHours = minWeeklyHours
        self.maxWeeklyHours = maxWeeklyHours
        self.minWeeks = minWeeks
        self.maxWeeks = maxWeeks
        self.price = price
        self.minPrice = minPrice
        self.maxPrice = maxPrice
        self.listPrice = listPrice
        self.prerequisites = prerequisites
        self.about = about
        self.whatYouLearn = whatYouLearn
        self.faqURL = faqURL
        self.videoURL = videoURL
        self.featureImage = featureImage
        self.facultySectionTitle = facultySectionTitle
        self.includeInLearnCatalog = includeInLearnCatalog
        self.ingestContentFilesForAI = ingestContentFilesForAI
        self.showStayUpdated = showStayUpdated
        self.howYoullLearn = howYoullLearn
        self.topics = topics
        self.instructors = instructors
        self.certificatePage = certificatePage
    }
}

extension ProductPage {
    /// Whether something is required beforehand. Null counts as yes: only the empty text says no.
    public var requiresPrerequisites: Bool { prerequisites != "" }
}
