import Bytes
import Markup

/// A page about a course, as templates see it.
struct CourseView: TemplateRecord {
    var title = "Circuits & \"Signals\" <1>"
    var subtitle: String? = nil
    var about: SafeHTML? = nil
    var isLive = true
    var weeks = 12
    var topics: [String] = ["Physics", "R&D"]
    var runs: [RunView] = []
    var lead: PersonView? = nil
    var requirements: [NodeView] = []

    static let fields = TemplateFields<CourseView>(
        .text("title") { $0.title },
        .text("subtitle") { $0.subtitle },
        .html("about") { $0.about },
        .flag("isLive") { $0.isLive },
        .number("weeks") { $0.weeks },
        .texts("topics") { $0.topics },
        .list("runs") { $0.runs },
        .record("lead") { $0.lead },
        .list("requirements") { $0.requirements })
}

struct RunView: TemplateRecord {
    var title: String
    var start: String
    var staff: [PersonView] = []

    static let fields = TemplateFields<RunView>(
        .text("title") { $0.title }, .text("start") { $0.start }, .list("staff") { $0.staff })
}

struct PersonView: TemplateRecord {
    var name: String
    var home: PlaceView? = nil

    static let fields = TemplateFields<PersonView>(.text("name") { $0.name }, .record("home") { $0.home })
}

struct PlaceView: TemplateRecord {
    var city: String
    var isFar = false

    static let fields = TemplateFields<PlaceView>(.text("city") { $0.city }, .flag("isFar") { $0.isFar })
}

/// A node of a tree.
struct NodeView: TemplateRecord {
    var title: String
    var children: [NodeView] = []

    static let fields = TemplateFields<NodeView>(
        .text("title") { $0.title }, .list("children") { $0.children })
}

/// Compiles `text`, which may include `others`, for a course and renders it.
func render(
    _ text: String, _ view: CourseView = CourseView(), others: [String: String] = [:]
) throws -> String {
    var buffer = ByteBuffer()
    try library(text, others).template("page", for: CourseView.self).render(view, into: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
}

/// A library of the template `page` and others by name, in files as of a project.
func library(_ text: String, _ others: [String: String] = [:]) throws(TemplateError) -> TemplateLibrary {
    var sources = [TemplateSource(name: "page", file: "Templates/page.mustache", text: text)]
    for (name, text) in others.sorted(by: { $0.key < $1.key }) {
        sources.append(TemplateSource(name: name, file: "Templates/\(name).mustache", text: text))
    }
    return try TemplateLibrary(sources)
}
