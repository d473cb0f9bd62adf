import Markup

/// A node of a requirement tree as a program's page draws it (`spec/catalog.md` §10.5): a group, a course or a program.
struct RequirementView: TemplateRecord {
    /// What the node asks for.
    enum Rule: Sendable, Equatable {
        /// Everything below; nobody needs to be told.
        case all
        /// Everything below, where that has to be said.
        case allOfThese
        case atLeast(Int)
        case none
    }

    /// A group's heading; nil for a group without one.
    var heading: String?
    /// The level of the heading: 3 and deeper, of which HTML knows those to 6.
    var level = 3
    var rule = Rule.all
    /// The course or program; nil for a group.
    var card: CardView?
    /// What is below: of a program its own outline.
    var children: [RequirementView] = []

    static let fields = TemplateFields<RequirementView>(
        .text("heading", \.heading), .flag("isLevel3") { $0.level == 3 }, .flag("isLevel4") { $0.level == 4 },
        .flag("isLevel5") { $0.level == 5 }, .flag("isLevel6") { $0.level > 5 },
        .flag("asksForAll") { $0.rule == .allOfThese }, .flag("asksForNone") { $0.rule == .atLeast(0) },
        .text("minimum") { if case .atLeast(let count) = $0.rule, count > 0 { "\(count)" } else { nil } },
        .record("card", \.card), .flag("hasChildren") { !$0.children.isEmpty }, .list("children", \.children))
}
