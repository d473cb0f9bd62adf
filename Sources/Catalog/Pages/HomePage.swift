/// The page that a site opens with (`cms_homepage`).
public struct HomePage: Sendable {
    /// What it has in common with all pages.
    public let page: Page
    /// The large image at its head.
    public let hero: Image?
    /// The heading over the image.
    public let heroTitle: String?
    /// The line below the heading.
    public let heroSubtitle: String?
    /// The heading of the featured products.
    public let productSectionTitle: String?
    /// The heading of the video.
    public let videoTitle: String?
    /// Rich text beside the video.
    public let videoDescription: String?
    /// Where the video is.
    public let videoURL: String?
    /// The ids of the featured product pages, in the order in which editors linked them (`cms_homeproductlink`).
    public let featuredPageIDs: [Int]

    /// The row with these values.
    public init(
        page: Page, hero: Image?, heroTitle: String?, heroSubtitle: String?, productSectionTitle: String?,
        videoTitle: String?, videoDescription: String?, videoURL: String?, featuredPageIDs: [Int]
    ) {
        self.page = page
        self.hero = hero
        self.heroTitle = heroTitle
        self.heroSubtitle = heroSubtitle
        self.productSectionTitle = productSectionTitle
        self.videoTitle = videoTitle
        self.videoDescription = videoDescription
        self.videoURL = videoURL
        self.featuredPageIDs = featuredPageIDs
    }
}
