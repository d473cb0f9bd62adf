import Bytes
import Markup
import Testing

@Suite("A template of a record")
struct TemplateTests {
    @Test("prints text escaped and numbers in digits")
    func values() throws {
        #expect(
            try render("<h1>{{title}}</h1> {{weeks}} {{{weeks}}} {{subtitle}}.")
                == "<h1>Circuits &amp; &quot;Signals&quot; &lt;1&gt;</h1> 12 12 .")
    }

    @Test("goes into records that are there and past those that are not")
    func records() throws {
        let view = CourseView(
            runs: [
                RunView(title: "A", start: "May", staff: [PersonView(name: "Ada"), PersonView(name: "Bo")]),
                RunView(title: "B", start: "June"),
            ],
            lead: PersonView(name: "Kim", home: PlaceView(city: "Rome")))
        #expect(
            try render("{{#runs}}{{title}}:{{start}}[{{#staff}}{{name}} {{weeks}};{{/staff}}]{{/runs}}", view)
                == "A:May[Ada 12;Bo 12;]B:June[]")
        #expect(
            try render("{{lead.name}} of {{lead.home.city}}{{#lead.home}} ({{city}}){{/lead.home}}", view)
                == "Kim of Rome (Rome)")
        #expect(
            try render(
                "{{lead.name}} of {{lead.home.city}}{{#lead.home}} ({{city}}){{/lead.home}}{{^lead.home.isFar}}.{{/lead.home.isFar}}{{^runs}}none{{/runs}}"
            ) == " of .none")
        #expect(
            try render(
                "{{#topics}}<{{.}}>{{/topics}}{{#isLive}}L{{/isLive}}{{^isLive}}-{{/isLive}}{{#subtitle}}{{.}}{{/subtitle}}"
            ) == "<Physics><R&amp;D>L")
    }

    @Test("draws a tree by a template that includes itself, indented as it stands")
    func tree() throws {
        let view = CourseView(
            requirements: [
                NodeView(title: "a", children: [NodeView(title: "b", children: [NodeView(title: "c")])]),
                NodeView(title: "d"),
            ])
        let node = "<li>{{title}}\n{{#children}}\n  {{>node}}\n{{/children}}\n</li>\n"
        #expect(
            try render("<ul>\n{{#requirements}}\n {{>node}}\n{{/requirements}}\n</ul>\n", view, others: ["node": node])
                == """
                <ul>
                 <li>a
                   <li>b
                     <li>c
                     </li>
                   </li>
                 </li>
                 <li>d
                 </li>
                </ul>

                """)
    }

    @Test("fills the blocks of a layout, in the context where they stand")
    func layout() throws {
        let layout = "<title>{{$title}}MITx{{/title}}</title>\n<main>\n  {{$content}}\n  {{/content}}\n</main>\n"
        let page =
            "{{<layout}}\n{{$title}}{{title}}{{/title}}\n{{$content}}\n    <p>\n      {{weeks}}\n    </p>\n{{/content}}\n{{/layout}}\n"
        #expect(
            try render(page, CourseView(title: "T"), others: ["layout": layout])
                == "<title>T</title>\n<main>\n  <p>\n    12\n  </p>\n</main>\n")
    }

    @Test("lets the fields of the innermost record come before those around, in included templates too")
    func shadowing() throws {
        let view = CourseView(
            title: "Outer", runs: [RunView(title: "Inner", start: "May")], requirements: [NodeView(title: "Node")])
        let part = ["part": "[{{title}} {{weeks}}]"]
        #expect(
            try render(
                "{{>part}}{{#runs}}{{>part}}{{#isLive}}{{>part}}{{/isLive}}{{/runs}}{{>part}}", view, others: part)
                == "[Outer 12][Inner 12][Inner 12][Outer 12]")
        #expect(
            try render("{{#runs}}{{#requirements}}{{title}}{{start}}{{/requirements}}{{/runs}}", view) == "NodeMay")
        #expect(
            try render("{{#requirements}}{{#runs}}{{title}}{{/runs}}{{/requirements}}", view) == "Inner")
    }

    @Test("passes layouts through layouts; the outermost page decides")
    func layouts() throws {
        let others = [
            "base": "<{{$title}}base{{/title}}|{{$body}}base{{/body}}>",
            "section": "{{<base}}{{$title}}section{{/title}}{{$body}}({{$inner}}inner{{/inner}}){{/body}}{{/base}}",
        ]
        #expect(try render("{{<section}}{{/section}}", others: others) == "<section|(inner)>")
        #expect(
            try render("{{<section}}{{$inner}}{{weeks}}{{/inner}}{{/section}}", others: others) == "<section|(12)>")
        #expect(
            try render(
                "{{<section}}{{$title}}T{{/title}}{{$body}}B{{$inner}}i{{/inner}}{{/body}}{{/section}}", others: others)
                == "<T|Bi>")
        #expect(
            try render(
                "{{#topics}}{{<base}}{{$title}}{{.}}{{/title}}{{/base}}{{/topics}}", others: others)
                == "<Physics|base><R&amp;D|base>")
        #expect(
            try render("{{<base}}{{$title}}a{{$title}}b{{/title}}{{/title}}{{/base}}", others: others) == "<ab|base>")
    }

    @Test("prints nothing hostile but as text")
    func hostile() throws {
        let text = "\"><script>alert('1')</script>&lt;{{title}}\0"
        let view = CourseView(
            title: text, about: SafeHTML(escaping: text), topics: [text],
            runs: [RunView(title: text, start: text)], lead: PersonView(name: text))
        let escaped = "&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;lt;{{title}}\0"
        #expect(
            try render(
                "{{title}}|{{{about}}}|{{#about}}{{{.}}}{{/about}}|{{#topics}}{{.}}{{/topics}}|{{#runs}}{{start}}{{/runs}}|{{lead.name}}",
                view) == Array(repeating: escaped, count: 6).joined(separator: "|"))
    }

    @Test("writes JSON-LD that ends no script element")
    func linkedData() throws {
        let html = SafeHTML(jsonLD: .object([.init(key: "name", value: .string("</script><!-- \"&\" >"))]))
        #expect(html.text == #"{"name":"\u003c/script>\u003c!-- \"&\" >"}"#)
        #expect(try JSONValue(parsing: html.text.utf8)["name"]?.string == "</script><!-- \"&\" >")
    }

    @Test("is indented as the tag that includes it, as the lenient engine does it")
    func indentation() throws {
        let others = [
            "card": "<div>\n  {{>inner}}\n\n{{#topics}}\n  <b>{{.}}</b>\n{{/topics}}\n</div>\n",
            "inner": "<i>\n{{title}}</i>",
            "layout": "<main>\n  {{$a}}\n    x\n    y\n  {{/a}}\n\t{{$b}}{{/b}}\n</main>\n",
        ]
        let page = """
            {{#isLive}}
              {{>card}}
            {{/isLive}} .
             {{<layout}}
            {{$a}}
            \t{{>card}}
            \t\t{{weeks}}{{/a}}
              {{$b}}inline{{/b}}
             {{/layout}}
            {{<layout}}{{$b}}
              {{>card}}
            {{/b}}{{/layout}}

            """
        var buffer = ByteBuffer()
        let data = try JSONValue(
            parsing: #"{"isLive":true,"title":"T","weeks":12,"topics":["Physics","R&D"]}"#.utf8)
        try library(page, others).jsonTemplate("page", names: .lenient).render(data, into: &buffer)
        #expect(
            try render(page, CourseView(title: "T"), others: others) == String(decoding: buffer.bytes, as: UTF8.self))
        #expect(
            try render("  {{>card}}\n", CourseView(title: "T"), others: others)
                == "  <div>\n    <i>\n    T</i>  \n    <b>Physics</b>\n    <b>R&amp;D</b>\n  </div>\n")
    }

    @Test("can be used by many tasks at once")
    func concurrency() async throws {
        let template = try library("{{#runs}}{{title}} {{#staff}}{{name}}{{/staff}};{{/runs}}")
            .template("page", for: CourseView.self)
        let pages = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<200 {
                group.addTask {
                    let runs = (0..<number).map {
                        RunView(title: "\($0)", start: "", staff: [PersonView(name: "\(number)")])
                    }
                    var buffer = ByteBuffer()
                    try template.render(CourseView(runs: runs), into: &buffer)
                    return (number, String(decoding: buffer.bytes, as: UTF8.self))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in 0..<200 {
            #expect(pages[number] == (0..<number).map { "\($0) \(number);" }.joined())
        }
    }
}
