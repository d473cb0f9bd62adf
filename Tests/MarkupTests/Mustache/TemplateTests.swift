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
}
