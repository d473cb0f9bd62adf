import Bytes
import Markup
import Testing

@Suite("Templates of nonsense")
struct TemplateGarbageTests {
    private static let pieces = [
        "{{", "}}", "{{{", "}}}", "{{#runs}}", "{{/runs}}", "{{^runs}}", "{{#isLive}}", "{{/isLive}}", "{{title}}",
        "{{.}}",
        "{{{about}}}", "{{#about}}", "{{/about}}", "{{>page}}", "{{>part}}", "{{<part}}", "{{/part}}", "{{$a}}",
        "{{/a}}",
        "{{#topics}}", "{{/topics}}", "{{=<% %>=}}", "<%={{ }}=%>", "{{=", "=}}", "{{!", "{{lead.home.city}}",
        "{{#lead.home}}", "{{/lead.home}}", "\n", "\r\n", "  ", "\t", "x", "é", "\0", "{{#requirements}}",
        "{{/requirements}}",
        "{{#children}}", "{{/children}}", "\n  {{>part}}\n", "\n {{$a}}\n", "\n{{/a}}\n",
    ]
    private static let view = CourseView(
        about: SafeHTML(escaping: "a < b"),
        runs: [RunView(title: "A", start: "May"), RunView(title: "B", start: "June")],
        lead: PersonView(name: "Kim", home: PlaceView(city: "Rome")),
        requirements: [NodeView(title: "a", children: [NodeView(title: "b")])])
    private static let data = JSONValue.object([
        .init(key: "title", value: .string("<T>")), .init(key: "isLive", value: .bool(true)),
        .init(key: "topics", value: .array([.string("p"), .number("1"), .null])),
        .init(
            key: "requirements",
            value: .array([.object([.init(key: "children", value: .array([.object([])]))])])),
    ])

    @Test("are refused or rendered, and never crash", arguments: 0..<20)
    func garbage(seed: UInt64) throws {
        var random = SmallRandom(seed: seed)
        var rendered = 0
        for _ in 0..<150 {
            guard let library = try? library(Self.text(&random), ["part": Self.text(&random)]) else { continue }
            var buffer = ByteBuffer()
            if let template = try? library.template("page", for: CourseView.self) {
                try? template.render(Self.view, into: &buffer)
                rendered += 1
            }
            for names in [JSONTemplate.Names.lenient, .strict] {
                try? library.jsonTemplate("page", names: names).render(Self.data, into: &buffer)
            }
            #expect(String(validating: buffer.bytes, as: UTF8.self) != nil)
        }
        #expect(rendered > 0)
    }

    /// Some pieces, of which sections mostly end; half of the texts are balanced on purpose.
    private static func text(_ random: inout SmallRandom) -> String {
        var text = ""
        let isBalanced = random.next(2) == 0
        for _ in 0..<random.next(12) {
            let piece = pieces[random.next(pieces.count)]
            if isBalanced, piece.hasPrefix("{{") || piece.hasSuffix("}}") {
                let names = ["runs", "isLive", "topics", "requirements", "about", "lead.home"]
                let name = names[random.next(names.count)]
                text = "\(text){{#\(name)}}\(random.next(3) == 0 ? "\n" : "")\(text){{/\(name)}}"
                if text.utf8.count > 2000 { return text }
            } else {
                text += piece
            }
        }
        return text
    }
}
