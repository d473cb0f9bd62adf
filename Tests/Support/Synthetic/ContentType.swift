/// Kinds of rows as the CMS numbers them.
enum ContentType: Int, CaseIterable {
    case course = 1
    case courserun, program, programcollection, page, homepage, courseindexpage, programindexpage
    case programcollectionindexpage, signatoryindexpage, certificateindexpage, instructorindexpage
    case organizationindexpage, organizationpage, contractpage, coursepage, programpage, instructorpage, signatorypage
    case certificatepage, flexiblepricingrequestform

    var id: Int { rawValue }

    /// The model's name.
    var model: String { "\(self)" }

    /// The application that the model belongs to.
    var application: String {
        switch self {
        case .course, .courserun, .program, .programcollection: "courses"
        case .page: "wagtailcore"
        case .organizationindexpage, .organizationpage, .contractpage: "b2b"
        default: "cms"
        }
    }
}
