import Catalog
import Testing

@Suite("Where learners ask for a lower price")
struct FinancialAidTests {
    /// Course 1 has page 10; programs 1, 2 and 3 have pages 21, 22 and none; forms are added by each test.
    private struct World {
        var data = CatalogData()

        init() {
            let coursePage = page(10, path: "00010001", urlPath: "/c1/")
            data.pages = [
                coursePage, page(20, path: "0001", urlPath: "/"), page(21, path: "00010003", urlPath: "/p1/"),
                page(22, path: "00010002", urlPath: "/p2/"),
            ]
            data.courses = [course(1)]
            data.programs = [program(1), program(2), program(3)]
            data.productPages = [
                productPage(.course, of: 1, coursePage), productPage(.program, of: 1, data.pages[2]),
                productPage(.program, of: 2, data.pages[3]),
            ]
        }

        /// Adds a form at `path` with that slug.
        func form(
            _ path: String, _ slug: String, course: Int? = nil, program: Int? = nil, live: Bool = true
        ) -> World {
            var world = self
            let page = page(100 + data.pages.count, path: path, urlPath: "/x/\(slug)/", live: live)
            world.data.pages.append(page)
            world.data.financialAidForms.append(FinancialAidForm(page: page, courseID: course, programID: program))
            return world
        }

        func related(_ first: Int, _ second: Int) -> World {
            var world = self
            world.data.relatedPrograms.append((first, second))
            return world
        }

        /// Page and slug of the form that the course's page leads to, when its document names `programs`.
        func ofCourse(_ programs: [Int] = []) throws -> String? {
            let catalog = try CourseCatalog(data)
            let form = catalog.course(1).flatMap { catalog.financialAid.form(forCourse: $0, programs: programs) }
            return form.map { "\($0.page.id) \($0.slug)" }
        }

        func ofProgram(_ id: Int) throws -> String? {
            let catalog = try CourseCatalog(data)
            let form = catalog.program(id).flatMap { program in
                catalog.financialAid.form(forProgram: program) { catalog.parent(of: $0) }
            }
            return form.map { "\($0.page.id) \($0.slug)" }
        }
    }

    @Test("step 1: a course in no program has the form that selects it, else a child of its page")
    func courseAlone() throws {
        let world = World().form("000100010001", "child")
        #expect(try world.ofCourse() == "10 child")
        #expect(try world.form("00010009", "own", course: 1).ofCourse() == "10 own")
        #expect(try World().ofCourse() == nil)
        #expect(try World().form("00010009", "other", course: 2).ofCourse() == nil)
    }

    @Test("first means lowest in the page tree, and drafts do not count")
    func first() throws {
        let world = World().form("00010009", "late", course: 1).form("00010008", "early", course: 1)
        #expect(try world.ofCourse() == "10 early")
        #expect(try world.form("00010007", "draft", course: 1, live: false).ofCourse() == "10 early")
    }

    @Test("step 3: the first program page has a child form")
    func programChild() throws {
        let world = World().form("000100020001", "child2").form("000100030001", "child1")
        // Page 22 of program 2 stands before page 21 of program 1 in the tree.
        #expect(try world.ofCourse([1, 2]) == "22 child2")
        #expect(try world.ofCourse([1]) == "21 child1")
        // Only the first program page counts.
        #expect(try World().form("000100030001", "child1").ofCourse([1, 2]) == nil)
        // It is preferred to a form that selects the program or the course.
        let chosen = world.form("00010009", "selected", program: 1).form("00010008", "own", course: 1)
        #expect(try chosen.ofCourse([1]) == "21 child1")
    }

    @Test(
        "step 4: a form that selects one of the programs stands below the course's page, a related one's below that program's"
    )
    func selected() throws {
        #expect(try World().form("00010009", "f", program: 1).ofCourse([1]) == "10 f")
        let related = World().related(2, 1).form("00010009", "f", program: 2)
        #expect(try related.ofCourse([1]) == "22 f")
        #expect(try World().related(1, 2).form("00010009", "f", program: 2).ofCourse([1]) == "22 f")
        #expect(try World().form("00010009", "f", program: 2).ofCourse([1]) == nil)
        // The first of all forms decides, the own program has no precedence.
        #expect(try related.form("0001000A", "own", program: 1).ofCourse([1]) == "22 f")
        #expect(try related.form("00010008", "own", program: 1).ofCourse([1]) == "10 own")
    }

    @Test("step 5: a related program without a page leads on to the course's own form")
    func fallback() throws {
        let world = World().related(1, 3).form("00010008", "f", program: 3)
        #expect(try world.ofCourse([1]) == nil)
        #expect(try world.form("00010009", "own", course: 1).ofCourse([1]) == "10 own")
        #expect(try world.form("000100010001", "child").ofCourse([1]) == "10 child")
    }

    @Test("a program's page leads to the form that selects it, in that form's own place")
    func programPage() throws {
        #expect(try World().form("000100030001", "f", program: 2).ofProgram(2) == "21 f")
        #expect(try World().form("00010009", "f", program: 2).form("000100020001", "child").ofProgram(2) == "20 f")
        #expect(try World().form("000100020001", "child").ofProgram(2) == "22 child")
        #expect(try World().ofProgram(2) == nil)
    }

    @Test("a related program's form stands below that program's page")
    func relatedProgram() throws {
        let world = World().related(1, 2).form("00010009", "f", program: 2)
        #expect(try world.ofProgram(1) == "22 f")
        #expect(try World().related(1, 3).form("00010009", "f", program: 3).ofProgram(1) == nil)
        #expect(try world.form("000100030001", "child").ofProgram(1) == "21 child")
        // Relations lead one step only.
        #expect(try World().related(1, 3).related(3, 2).form("00010009", "f", program: 2).ofProgram(1) == nil)
    }

    @Test("courses and programs without a page have no form")
    func noPage() throws {
        var world = World().form("00010009", "f", course: 1, program: 3)
        #expect(try world.ofProgram(3) == nil)
        world.data.productPages = []
        #expect(try world.ofCourse() == nil)
    }
}
