import Bytes
import Markup
import Testing

@Suite("A mistake in a template")
struct TemplateErrorTests {
    @Test(
        "of its syntax is named with its place",
        arguments: [
            ("a\n {{title", "page.mustache:2:2: the tag is not closed: }} is missing"),
            ("é{{{title}}", "page.mustache:1:2: the tag is not closed: }}} is missing"),
            ("{{title {{weeks}}", "page.mustache:1:1: the tag is not closed before the next {{"),
            ("{{ the title }}", "page.mustache:1:1: 'the title' is no name: white space stands in it"),
            ("{{# }}", "page.mustache:1:1: the tag has no name"),
            ("{{#isLive}}\n{{#runs}}{{/runs}}\n", "page.mustache:1:1: {{#isLive}} is not closed"),
            (
                "{{#isLive}}\n{{#runs}}\n{{/isLive}}\n{{/runs}}",
                "page.mustache:3:1: {{/isLive}} does not close {{#runs}}, which is open since Templates/page.mustache:2:1"
            ),
            ("x{{/runs}}", "page.mustache:1:2: {{/runs}} closes nothing"),
            (
                "{{=<<=}}",
                "page.mustache:1:1: new delimiters are written {{=OPENING CLOSING=}}, without white space and = in them"
            ),
            ("{{= < > }}", "page.mustache:1:1: the tag is not closed: =}} is missing"),
            ("{{=<% %>=}}\n<%title", "page.mustache:2:1: the tag is not closed: %> is missing"),
            (String(repeating: "{{#a}}", count: 101), "page.mustache:1:601: nested deeper than 100 tags"),
        ])
    func syntax(text: String, message: String) {
        let error = #expect(throws: TemplateError.self) { try library(text) }
        #expect(error?.description == "Templates/" + message)
    }

    @Test(
        "of its names and kinds is named when it is compiled",
        arguments: [
            ("\n  {{titel}}", "2:3: unknown name 'titel'; did you mean 'title'?"),
            ("{{#rns}}{{/rns}}", "1:1: unknown name 'rns'; did you mean 'runs'?"),
            ("{{^live}}{{/live}}", "1:1: unknown name 'live': not a field of CourseView"),
            ("{{#runs}}{{strat}}{{/runs}}", "1:10: unknown name 'strat'; did you mean 'start'?"),
            ("{{#runs}}{{price}}{{/runs}}", "1:10: unknown name 'price': not a field of RunView, CourseView"),
            ("{{start}}", "1:1: unknown name 'start': not a field of CourseView"),
            ("{{lead.nmae}}", "1:1: 'lead' has no 'nmae'; did you mean 'name'?"),
            ("{{lead.home.country}}", "1:1: 'lead.home' has no 'country'"),
            ("{{runs.title}}", "1:1: 'runs' is a list: it has no 'title'"),
            ("{{title.}}", "1:1: 'title' is text: it has no ''"),
            ("{{about}}", "1:1: 'about' is HTML: write {{{about}}}"),
            ("{{{title}}}", "1:1: 'title' is text, which is never printed raw: write {{title}}"),
            ("{{&title}}", "1:1: 'title' is text, which is never printed raw: write {{title}}"),
            ("{{isLive}}", "1:1: 'isLive' is a flag, which is not printed: open a section {{#isLive}}"),
            ("{{runs}}", "1:1: 'runs' is a list, which is not printed: open a section {{#runs}}"),
            ("{{topics}}", "1:1: 'topics' is a list of texts, which is not printed: open a section {{#topics}}"),
            ("{{{lead}}}", "1:1: 'lead' is a record, which is not printed: open a section {{#lead}}"),
            ("{{#weeks}}{{/weeks}}", "1:1: 'weeks' is a number, over which there is no section"),
            ("{{^weeks}}{{/weeks}}", "1:1: 'weeks' is a number, over which there is no section"),
            ("{{.}}", "1:1: {{.}} is a record here, which is not printed: name a field"),
            ("{{#isLive}}{{.}}{{/isLive}}", "1:12: {{.}} is a flag here, which is not printed"),
            ("{{#topics}}{{{.}}}{{/topics}}", "1:12: {{.}} is text here, which is never printed raw: write {{.}}"),
            ("{{#about}}{{.}}{{/about}}", "1:11: {{.}} is HTML here: write {{{.}}}"),
            ("{{#topics}}{{#.}}{{/.}}{{/topics}}", "1:12: there is no section over {{.}}"),
            ("{{>partials/cad}}", "1:1: there is no template 'partials/cad'; did you mean 'partials/card'?"),
            ("{{<layot}}{{/layot}}", "1:1: there is no template 'layot'; did you mean 'layout'?"),
            (
                "{{<layout}}{{$titel}}{{/titel}}{{/layout}}",
                "1:12: 'layout' has no block 'titel'; did you mean 'title'?"
            ),
            (
                "{{<layout}}{{$title}}a{{/title}}{{$title}}b{{/title}}{{/layout}}",
                "1:33: the block 'title' is given twice"
            ),
            (
                "{{<layout}}\n  lost{{$title}}a{{/title}}{{/layout}}",
                "2:1: only blocks count inside {{<layout}}: what stands outside them is lost"
            ),
            (
                "{{^isLive}}{{>page}}{{/isLive}}",
                "1:12: the template includes itself for the same record, which would never end"
            ),
        ])
    func names(text: String, message: String) {
        let error = #expect(throws: TemplateError.self) {
            try render(text, others: ["partials/card": "{{title}}", "layout": "{{$title}}MITx{{/title}}"])
        }
        #expect(error?.description == "Templates/page.mustache:" + message)
    }

    @Test("in what is included says from where it is included")
    func includes() throws {
        let others = [
            "layout": "<main>\n  {{$content}}{{/content}}\n</main>", "card": "{{#runs}}\n{{>run}}\n{{/runs}}",
            "run": "{{titel}}",
        ]
        let error = #expect(throws: TemplateError.self) {
            try render("{{<layout}}\n{{$content}}\n{{>card}}\n{{/content}}\n{{/layout}}", others: others)
        }
        #expect(
            error?.description == """
                Templates/run.mustache:1:1: unknown name 'titel'; did you mean 'title'?
                  included from Templates/card.mustache:2:1
                  included from Templates/page.mustache:3:1
                  included from Templates/layout.mustache:2:3
                  included from Templates/page.mustache:1:1
                """)
        #expect(
            error?.oneLine.hasSuffix(
                "'title'?, included from Templates/card.mustache:2:1, included from "
                    + "Templates/page.mustache:3:1, included from Templates/layout.mustache:2:3, included from "
                    + "Templates/page.mustache:1:1") == true)
    }

    @Test("is also a template that is missing or there twice, and a record with two fields of one name")
    func incomplete() throws {
        let source = TemplateSource(name: "a", file: "a.mustache", text: "")
        let twice = #expect(throws: TemplateError.self) { try TemplateLibrary([source, source]) }
        #expect(twice?.description == "a.mustache and a.mustache are both the template 'a'")
        let missing = #expect(throws: TemplateError.self) {
            try TemplateLibrary([source]).template("other", for: CourseView.self)
        }
        #expect(missing?.description == "there is no template 'other'")
        let repeated = #expect(throws: TemplateError.self) {
            try TemplateLibrary([TemplateSource(name: "a", file: "a.mustache", text: "{{x}}")])
                .template("a", for: Doubled.self)
        }
        #expect(repeated?.description == "a.mustache:1:1: Doubled has two fields 'x'")
    }

    @Test("that only records show which hold each other without end stops the page")
    func endless() throws {
        let template = try TemplateLibrary([
            TemplateSource(name: "a", file: "a.mustache", text: "{{#me}}{{>a}}{{/me}}")
        ]).template("a", for: Endless.self)
        var buffer = ByteBuffer()
        let error = #expect(throws: TemplateError.self) { try template.render(Endless(), into: &buffer) }
        #expect(
            error?.description
                == "a.mustache:1:8: templates include each other more than 200 levels deep: do the records end?")
    }
}

private struct Doubled: TemplateRecord {
    static let fields = TemplateFields<Doubled>(.text("x") { _ in "1" }, .number("x") { _ in 2 })
}

private struct Endless: TemplateRecord {
    static let fields = TemplateFields<Endless>(.record("me") { $0 })
}
