import Support
import Testing

@Suite("template")
struct TemplateCommandTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(
            #"{"course": {"title": "A & B", "runs": [{"start": "May"}]}, "isLive": true}"#, to: "data.json")
        try workspace.write("<li>{{start}} {{course.title}}</li>\n", to: "partials/run.mustache")
        try workspace.write("{{$title}}MITx{{/title}}: {{{course.title}}}\n", to: "layout.mustache")
    }

    private func run(_ template: String, _ options: [String] = [], data: String = "data.json") async throws
        -> ProgramResult
    {
        try workspace.write(template, to: "page.mustache")
        return try await BuildProgram().run(
            ["template", workspace.path("page.mustache"), "--data", workspace.path(data)] + options)
    }

    private func expectFailure(_ template: String, _ message: String) async throws {
        try await run(template).expectFailure(65, command: "template", "\(workspace.path("page.mustache")):\(message)")
    }

    @Test("renders a template of a folder with JSON data")
    func renders() async throws {
        let page =
            "{{#course}}\n{{#runs}}\n  {{>partials/run}}\n{{/runs}}\n{{/course}}\n{{<layout}}{{$title}}Page{{/title}}{{/layout}}\n"
        let result = try await run(page)
        #expect(result.output == "  <li>May A &amp; B</li>\nPage: A & B\n")
        #expect(result.errors == "")
        #expect(result.ending == .exit(0))
        #expect(try await run("{{isLive}}{{none}}", ["--lax", "--json"]).output == "{\"text\":\"true\"}\n")
    }

    @Test("is strict about what comes to be rendered, unless --lax")
    func strict() async throws {
        try await expectFailure(
            "x\n{{#course}}{{titel}}{{/course}}", "2:12: unknown name 'titel'; did you mean 'title'?")
        try await expectFailure("{{course.titel}}", "1:1: 'course' has no 'titel'; did you mean 'title'?")
        try await expectFailure("{{course.title.x}}", "1:1: 'course.title' is text: it has no 'x'")
        try await expectFailure("{{zzz}}", "1:1: unknown name 'zzz': not in the data there")
        try await expectFailure("{{course}}", "1:1: 'course' is a record, which is not printed: open a section")
        try await expectFailure("{{isLive}}", "1:1: 'isLive' is a flag, which is not printed: open a section")
        try await expectFailure("{{>partials/rum}}", "1:1: there is no template 'partials/rum'")
        try await expectFailure("{{#isLive}}", "1:1: {{#isLive}} is not closed")
        try await expectFailure(
            "{{>page}}",
            "1:1: nested deeper than 1000 tags: a template includes itself without end, "
                + Array(repeating: "included from \(workspace.path("page.mustache")):1:1", count: 3).joined(
                    separator: ", "))
        #expect(try await run("{{titel}}{{>none}}{{^isLive}}{{titel}}{{/isLive}}.", ["--lax"]).output == ".\n")
        #expect(try await run("{{^isLive}}{{titel}}{{/isLive}}.").output == ".\n")
    }

    @Test("names files that cannot be used")
    func files() async throws {
        let (page, none) = (workspace.path("page.mustache"), workspace.path("none"))
        try await run("", data: "none").expectFailure(
            65, command: "template", "\(none): cannot be read; check the path and its rights")
        try workspace.write("{\"a\":", to: "broken.json")
        try await run("", data: "broken.json").expectFailure(
            65, command: "template",
            "\(workspace.path("broken.json")): is not JSON: the text ends where a value is expected at byte 5")
        try await BuildProgram().run(["template", none, "--data", workspace.path("data.json")]).expectFailure(
            65, command: "template", "\(none): cannot be read; check the path and its rights")
        try await BuildProgram().run(["template", page]).expectFailure(
            64, command: "template", "the data are missing: give --data PATH")
        try await BuildProgram().run(["template"]).expectFailure(
            64, command: "template", "the argument FILE is missing; see 'mitxonline-build template --help'")
    }
}
