import Catalog
import Testing

@Suite("Titles")
struct PublicTitleTests {
    @Test(
        "only a title that is an unpublished draft's is replaced by the live page's",
        arguments: [
            // title, page title, draft title, live, has changes, shown
            ("Draft", "Old", "Draft", true, true, "Old"), ("Draft", "Old", "Draft", false, true, "Draft"),
            ("Draft", "Old", "Draft", true, false, "Draft"), ("Other", "Old", "Draft", true, true, "Other"),
            ("Same", "Same", "Same", true, true, "Same"), ("Old", "Old", "Draft", true, true, "Old"),
        ])
    func titles(title: String, pageTitle: String, draft: String, live: Bool, changed: Bool, shown: String) {
        let page = page(
            10, path: "0001", urlPath: "/x/", title: pageTitle, draftTitle: draft, live: live,
            hasUnpublishedChanges: changed)
        let course = course(title: title, page: productPage(.course, of: 1, page))
        let program = program(1, title: title, page: productPage(.program, of: 1, page))
        #expect(course.publicTitle == shown)
        #expect(course.titleIsLeakedDraft == (title != shown))
        #expect(program.publicTitle == shown)
        #expect(program.titleIsLeakedDraft == (title != shown))
    }

    @Test("without a page the title is the row's")
    func noPage() {
        #expect(course(title: "T").publicTitle == "T")
        #expect(program(1, title: "T").publicTitle == "T")
    }

    @Test(
        "MicroMasters is found anywhere in a program's type, in this spelling",
        arguments: [
            ("MicroMasters®", true), ("XSeries MicroMasters", true), ("micromasters", false), ("Series", false),
            (nil, false),
        ] as [(String?, Bool)])
    func certificateType(type: String?, isMicroMasters: Bool) {
        let program = Program(
            id: 1, title: "P", readableID: "p", live: true, programType: type, availability: "anytime", start: nil,
            end: nil, enrollmentStart: nil, enrollmentEnd: nil, b2bOnly: false, displayMode: nil, departments: [],
            enrollmentModes: [], product: nil)
        #expect(program.certificateType == (isMicroMasters ? "MicroMasters Credential" : "Certificate of Completion"))
    }

    @Test(
        "prerequisites are required unless they are the empty text",
        arguments: [
            (nil, true), ("", false), ("<p></p>", true), (" ", true),
        ] as [(String?, Bool)])
    func prerequisites(text: String?, isRequired: Bool) {
        let page = productPage(.course, of: 1, page(10, path: "0001", urlPath: "/x/"), prerequisites: text)
        #expect(page.requiresPrerequisites == isRequired)
    }
}
