import Bytes
import Catalog
import Markup

/// A course or program as lists and other pages show it (`spec/catalog.md` §10.2); `partials/card.mustache` draws it.
struct CardView: TemplateRecord {
    let title: String
    /// Where the card leads; nil when there is no page.
    let link: String?
    let image: ImageView?
    /// When it starts, in words; nil for nothing to say.
    var dateText: String?
    /// The kind of program.
    var badge: String?
    /// The number of a course, such as `6.100x`.
    var number: String?

    static let fields = TemplateFields<CardView>(
        .text("title", \.title), .text("link", \.link), .record("image", \.image), .text("dateText", \.dateText),
        .text("badge", \.badge), .text("number", \.number))

    /// The sizes of images that fit a card.
    static let imageFilters = ["width-500", "width-800"]
}

extension SiteRenderer {
    /// The card of a course on the page at `place`; `dateText` as §10.2 gives it unless told otherwise.
    func card(of course: Course, at place: PagePlace) -> CardView {
        CardView(
            title: context.title(of: course), link: link(to: course, from: place),
            image: MediaLink.view(of: course.page?.featureImage, preferring: CardView.imageFilters, from: place),
            dateText: dateText(of: course), number: course.number)
    }

    /// The card of a program on the page at `place`.
    func card(of program: Program, at place: PagePlace) -> CardView {
        CardView(
            title: context.title(of: program), link: link(to: program, from: place),
            image: MediaLink.view(of: program.page?.featureImage, preferring: CardView.imageFilters, from: place),
            badge: program.programType)
    }

    /// Where a card of the course leads: to the site's page, or to MIT Learn's; nil when this site has none.
    func link(to course: Course, from place: PagePlace) -> String? {
        plan.path(of: course).map { path in
            switch context.settings.site.productLinks {
            case .ownSite: place.link(to: path)
            case .learn: context.settings.learnURL(of: course)
            }
        }
    }

    /// Where a card of the program leads: to the site's page, or to MIT Learn's; nil when this site has none.
    func link(to program: Program, from place: PagePlace) -> String? {
        plan.path(of: program).map { path in
            switch context.settings.site.productLinks {
            case .ownSite: place.link(to: path)
            case .learn: context.settings.learnURL(of: program)
            }
        }
    }

    /// The run that the card of a course speaks of: the first to start of those that are open (§10.2).
    func cardRun(of course: Course) -> CourseRun? {
        course.publicRuns.filter { $0.isOpen(at: context.now) }.onePerTag.min(by: Self.startsFirst)
    }

    /// When a course starts, as its card says it (§10.2); nil for nothing to say.
    func dateText(of course: Course) -> String? {
        guard let run = cardRun(of: course), let start = run.start else { return nil }
        switch Availability(of: run, at: context.now) {
        case .upcoming: return "Starts: \(DateText.day(of: start))"
        case .underWay: return "Started: \(DateText.day(of: start))"
        case .anytime, nil: return "Start Anytime"
        }
    }

    /// Whether the left run starts before the right one; of runs that start together the first by id.
    static func startsFirst(_ left: CourseRun, _ right: CourseRun) -> Bool {
        guard let leftStart = left.start else { return false }
        guard let rightStart = right.start else { return true }
        return (leftStart, left.id) < (rightStart, right.id)
    }
}

extension Course {
    /// The last part of the readable id: `6.100x` of `course-v1:MITx+6.100x`; nil when there is but one part.
    var number: String? {
        readableID.utf8.lastIndex(of: UInt8(ascii: "+")).map { String(readableID[readableID.utf8.index(after: $0)...]) }
    }
}
