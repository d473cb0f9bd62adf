import Bytes
import Markup
import Testing

@Suite("A compiled template")
struct TemplateAgreementTests {
    @Test("prints what the engine of the public suite prints for the same data, byte for byte", arguments: 0..<8)
    func agreement(seed: UInt64) throws {
        var templates = RandomTemplates(seed: 1000 + seed)
        var compared = 0
        for _ in 0..<40 {
            let page = templates.template(0)
            let others = ["p1": templates.template(1), "p2": templates.template(2), "tree": templates.tree()]
            let library = try library(page, others)
            guard let template = try? library.template("page", for: CourseView.self) else { continue }
            var (compiled, interpreted) = (ByteBuffer(), ByteBuffer())
            try template.render(Self.view, into: &compiled)
            try library.jsonTemplate("page", names: .lenient).render(Self.data, into: &interpreted)
            #expect(
                String(decoding: compiled.bytes, as: UTF8.self) == String(decoding: interpreted.bytes, as: UTF8.self),
                "\(page.debugDescription) \(others)")
            compared += 1
        }
        #expect(compared > 10)
    }

    private static let view = CourseView(
        title: "<T>", about: SafeHTML(escaping: "a < b"), topics: ["p", "q&"],
        runs: [RunView(title: "A", start: "May"), RunView(title: "B", start: "June")],
        lead: PersonView(name: "Kim", home: PlaceView(city: "Rome")),
        requirements: [
            NodeView(title: "a", children: [NodeView(title: "b", children: [NodeView(title: "c")])]),
            NodeView(title: "d"),
        ])

    private static let data =
        (try? JSONValue(
            parsing: #"""
                {"title": "<T>", "subtitle": null, "about": "a &lt; b", "isLive": true, "weeks": 12, "topics": ["p", "q&"],
                "runs": [{"title": "A", "start": "May", "staff": []}, {"title": "B", "start": "June", "staff": []}],
                "lead": {"name": "Kim", "home": {"city": "Rome", "isFar": false}},
                "requirements": [{"title": "a", "children": [{"title": "b", "children": [{"title": "c", "children": []}]}]},
                {"title": "d", "children": []}]}
                """#.utf8)) ?? .null
}

/// Templates without mistakes, apart from blocks that are none.
private struct RandomTemplates {
    private var random: SmallRandom

    init(seed: UInt64) {
        random = SmallRandom(seed: seed)
    }

    /// A template that includes those of greater number.
    mutating func template(_ number: Int, depth: Int = 0) -> String {
        (0..<random.next(depth == 0 ? 7 : 4)).map { _ in piece(number, depth: depth) }.joined()
    }

    /// A template for nodes, which includes itself for their children.
    mutating func tree() -> String {
        template(3) + line("{{#children}}") + template(3, depth: 2) + line("{{>tree}}") + line("{{/children}}")
            + template(3, depth: 2)
    }

    private mutating func piece(_ number: Int, depth: Int) -> String {
        switch random.next(depth > 3 ? 4 : 10) {
        case 0, 1: pick(["x", "\n", "  ", "\n  ", "a\n", "\r\n", "\t", "  b\n", "\n\n"])
        case 2: pick(["{{title}}", "{{weeks}}", "{{{about}}}", "{{lead.name}}", "{{lead.home.city}}", "{{subtitle}}"])
        case 3: number < 2 ? line("{{>p\(number + 1 + random.next(2 - number))}}") : "y"
        case 4, 5: section(pick(["isLive", "runs", "topics", "lead", "lead.home", "about", "subtitle"]), number, depth)
        case 6 where number < 3:
            line("{{#requirements}}") + template(number, depth: depth + 1) + line("{{>tree}}")
                + line("{{/requirements}}")
        case 7: block(pick(["a", "b"]), number, depth)
        case 8: "\(line("{{^runs}}"))no\(line("{{/runs}}"))\(line("{{!c}}"))"
        default: number < 2 ? parent(number + 1 + random.next(2 - number), number, depth) : "z\n"
        }
    }

    private mutating func section(_ name: String, _ number: Int, _ depth: Int) -> String {
        let item = name == "topics" ? "{{.}}" : ""
        return line("{{#\(name)}}") + item + template(number, depth: depth + 1) + line("{{/\(name)}}")
    }

    private mutating func block(_ name: String, _ number: Int, _ depth: Int) -> String {
        line("{{$\(name)}}") + template(number, depth: depth + 1) + line("{{/\(name)}}")
    }

    private mutating func parent(_ parent: Int, _ number: Int, _ depth: Int) -> String {
        line("{{<p\(parent)}}") + block("a", number, depth) + line("{{/p\(parent)}}")
    }

    /// The tag, often alone on its line.
    private mutating func line(_ tag: String) -> String {
        pick([tag, tag + "\n", "\n" + tag + "\n", "\n  " + tag + "\n", "  " + tag + "\n", "\n\t" + tag])
    }

    private mutating func pick(_ choices: [String]) -> String { choices[random.next(choices.count)] }
}
