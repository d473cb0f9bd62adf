import Markup

/// The page of a course or program, top to bottom (`spec/catalog.md` §10.4, §10.5); `course.mustache` and `program.mustache`
/// draw it. What is nil or empty has no section.
struct ProductView: FramedView {
    var page: PageFrame
    /// The list that the page was reached from, relative.
    let listURL: String
    let title: String
    let isProgram: Bool
    /// The number of a course, such as `6.100x`.
    var number: String?
    /// The kind of a program.
    var badge: String?
    let departments: [LinkView]
    let description: SafeHTML?
    /// Links to the sections that exist, in their order.
    var sections: [LinkView] = []
    let about: SafeHTML?
    let whatYouLearn: SafeHTML?
    let prerequisites: SafeHTML?
    /// What a learner must complete.
    var requirements: [RequirementView] = []
    /// The heading above those who teach; nil for the site's own words.
    let facultyTitle: String?
    let instructors: [PersonView]
    /// Where questions are answered, an absolute address.
    let faqURL: String?
    var facts: FactsView
    /// The programs that a course is part of, those above a program.
    let programs: [LinkView]
    let waysOfLearning: [WayOfLearningView]
    let topics: [LinkView]
    /// What learners under export control should know.
    let notice: String

    static let fields = TemplateFields<ProductView>(
        .record("page", \.page), .text("listURL", \.listURL), .text("title", \.title),
        .flag("isProgram", \.isProgram), .text("number", \.number),
        .text("badge", \.badge), .flag("hasDepartments") { !$0.departments.isEmpty },
        .list("departments", \.departments), .html("description", \.description),
        .flag("hasSections") { $0.sections.count > 1 }, .list("sections", \.sections),
        .html("about", \.about), .html("whatYouLearn", \.whatYouLearn), .html("prerequisites", \.prerequisites),
        .flag("hasRequirements") { !$0.requirements.isEmpty }, .list("requirements", \.requirements),
        .text("facultyTitle", \.facultyTitle), .flag("hasInstructors") { !$0.instructors.isEmpty },
        .list("instructors", \.instructors), .text("faqURL", \.faqURL), .record("facts") { $0.facts },
        .flag("hasPrograms") { !$0.programs.isEmpty }, .list("programs", \.programs),
        .flag("hasWaysOfLearning") { !$0.waysOfLearning.isEmpty }, .list("waysOfLearning", \.waysOfLearning),
        .flag("hasTopics") { !$0.topics.isEmpty }, .list("topics", \.topics), .text("notice", \.notice))
}

/// The sections of a product page: their anchors, and what links to them say.
enum ProductSection: String, CaseIterable {
    case about
    case whatYouLearn = "what-you-will-learn"
    case prerequisites
    case requirements
    case instructors
    case waysOfLearning = "how-you-will-learn"

    var words: String {
        switch self {
        case .about: "About"
        case .whatYouLearn: "What you’ll learn"
        case .prerequisites: "Prerequisites"
        case .requirements: "Requirements"
        case .instructors: "Instructors"
        case .waysOfLearning: "How you’ll learn"
        }
    }

    var link: LinkView { LinkView(text: words, url: "#\(rawValue)") }
}
