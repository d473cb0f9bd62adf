import Bytes
import Catalog

/// Draws a program's requirement tree (`spec/catalog.md` §10.5): groups, courses, and programs with outlines of their own.
///
/// However trees are made, the drawing ends: a program is drawn out once a page and five programs deep, and no group stands
/// more than ``maximumDepth`` deep.
struct RequirementOutline {
    let renderer: SiteRenderer
    let place: PagePlace
    /// The programs that are drawn out already.
    private var drawn: Set<Int> = []

    /// How many programs stand within each other at most, the page's own included.
    static let maximumPrograms = 5
    /// How many groups stand within each other at most; what is deeper stands beside it.
    static let maximumDepth = 24

    init(renderer: SiteRenderer, place: PagePlace) {
        self.renderer = renderer
        self.place = place
    }

    /// Where in the drawing a node stands.
    private struct Position {
        /// The number of programs around it, the page's own included.
        var programs = 1
        /// The number of groups around it.
        var depth = 0
        /// The level of the next heading.
        var level = 3

        func below(heading: String?) -> Position {
            Position(programs: programs, depth: depth + 1, level: heading?.isEmpty == false ? level + 1 : level)
        }
        var inProgram: Position { Position(programs: programs + 1, depth: depth + 1, level: level) }
    }

    /// The groups of the program that the page is about.
    mutating func groups(of program: Program) -> [RequirementView] {
        drawn.insert(program.id)
        return groups(of: program, at: Position())
    }

    /// One group for each node below the root, whatever its type; groups with nothing to show are left out.
    private mutating func groups(of program: Program, at position: Position) -> [RequirementView] {
        program.requirements.branches.compactMap { branch in
            var group = RequirementView()
            let title = branch.node.title?.trimmed ?? ""
            group.heading =
                title.isEmpty ? branch.node.electiveFlag == true ? "Elective Courses" : "Required Courses" : title
            group.level = position.level
            group.rule = rule(of: branch.node, isNested: false)
            let below = position.below(heading: group.heading)
            let own = item(of: branch, at: below)
            group.children = own.map { [$0] } ?? items(below: branch, at: below)
            return group.children.isEmpty ? nil : group
        }
    }

    private mutating func items(below branch: RequirementTree.Branch, at position: Position) -> [RequirementView] {
        branch.children.flatMap { child -> [RequirementView] in
            if child.node.namesProduct { return item(of: child, at: position).map { [$0] } ?? [] }
            guard position.depth < Self.maximumDepth else { return items(below: child, at: position) }
            let heading = child.node.title?.trimmed
            let items = items(below: child, at: position.below(heading: heading))
            guard !items.isEmpty else { return [] }
            var group = RequirementView()
            group.heading = heading
            group.level = position.level
            group.rule = rule(of: child.node, isNested: true)
            group.children = items
            return [group]
        }
    }

    /// The course or program that the node names; nil for a group, and for what is not published.
    private mutating func item(of branch: RequirementTree.Branch, at position: Position) -> RequirementView? {
        var item = RequirementView()
        item.rule = .none
        let context = renderer.context
        if branch.node.nodeType == "course", let course = branch.node.courseID.flatMap({ context.catalog.course($0) }) {
            guard course.live else { return nil }
            item.card = card(of: course)
        } else if branch.node.nodeType == "program",
            let program = branch.node.requiredProgramID.flatMap({ context.catalog.program($0) })
        {
            guard program.live, !program.b2bOnly, !context.leftOutPrograms.contains(program.id) else { return nil }
            item.card = renderer.card(of: program, at: place)
            if renderer.plan.path(of: program) != nil, position.programs < Self.maximumPrograms,
                position.depth < Self.maximumDepth, drawn.insert(program.id).inserted
            {
                item.children = groups(of: program, at: position.inProgram)
            }
        } else {
            return nil
        }
        if item.children.isEmpty, !branch.children.isEmpty, position.depth < Self.maximumDepth {
            item.children = items(below: branch, at: position.below(heading: nil))
        }
        return item
    }

    /// The card of a course; one without a page is a title.
    private func card(of course: Course) -> CardView {
        guard renderer.plan.path(of: course) != nil else {
            return CardView(title: renderer.context.title(of: course), link: nil, image: nil)
        }
        var card = renderer.card(of: course, at: place)
        card.dateText = startText(of: course)
        return card
    }

    /// `Starts January 5, 2026`, `Start Anytime`; nil when nobody can enroll.
    private func startText(of course: Course) -> String? {
        let now = renderer.context.now
        guard let run = course.nextRun(at: now), let start = run.start else { return nil }
        if start > now { return "Starts \(DateText.day(of: start))" }
        return run.isSelfPaced || run.isArchived(at: now) ? "Start Anytime" : "Started \(DateText.day(of: start))"
    }

    private func rule(of node: RequirementNode, isNested: Bool) -> RequirementView.Rule {
        switch node.operation {
        // A value that is no number is warned of where the catalog is looked over.
        case "min_number_of": node.operatorNumber.flatMap { $0 < 0 ? nil : .atLeast($0) } ?? .none
        case "all_of" where isNested: .allOfThese
        default: .all
        }
    }
}

extension RequirementNode {
    /// Whether the node stands for a course or program and not for a group.
    fileprivate var namesProduct: Bool { nodeType == "course" || nodeType == "program" }
}
