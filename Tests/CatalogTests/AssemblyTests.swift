import Bytes
import Catalog
import Testing

@Suite("Joining rows")
struct AssemblyTests {
    @Test("nodes that hang on no tree are kept apart as orphans")
    func orphans() throws {
        var data = CatalogData()
        data.programs = [program(1), program(2)]
        data.courses = [course(1)]
        data.requirementNodes = [
            node("0001", "program_root", id: 1), node("00010001", "operator", id: 2),
            node("000100010001", "course", id: 3, course: 1),
            // The parent 00010009 is missing.
            node("000100090001", "course", id: 4, course: 1),
            // A second root of the same program, with what hangs on it.
            node("0002", "program_root", id: 5), node("00020001", "operator", id: 6),
            // Below another program's tree.
            node("00010002", "operator", id: 7, of: 2),
        ]
        let catalog = try CourseCatalog(data)
        #expect(catalog.program(1)?.requirements.nodes.map(\.id) == [1, 2, 3])
        #expect(catalog.program(2)?.requirements.nodes.isEmpty == true)
        #expect(catalog.programs.flatMap(\.requirements.orphans).map(\.id) == [4, 5, 6, 7])
    }

    @Test("a course knows the programs that name it, each once, by id")
    func programsOfCourse() throws {
        var data = CatalogData()
        data.programs = [program(2), program(1), program(3)]
        data.courses = [course(1), course(2)]
        data.requirementNodes = [
            node("0001", "program_root", id: 1), node("00010001", "course", id: 2, course: 1),
            node("0002", "program_root", id: 3, of: 2), node("00020001", "operator", id: 4, of: 2),
            node("000200010001", "course", id: 5, of: 2, course: 1),
            node("000200010002", "course", id: 6, of: 2, course: 1),
            node("0003", "program_root", id: 7, of: 3), node("00030001", "operator", id: 8, of: 3, course: 1),
        ]
        let catalog = try CourseCatalog(data)
        #expect(catalog.course(1)?.programPositions.map { catalog.programs[$0].id } == [1, 2])
        #expect(catalog.course(2)?.programPositions.isEmpty == true)
    }

    @Test("a row that names another which is not there is named, with the table")
    func dangling() {
        func error(_ change: (inout CatalogData) -> Void) -> String? {
            var data = CatalogData()
            data.courses = [course(1)]
            data.programs = [program(1)]
            change(&data)
            let error = #expect(throws: CatalogError.self) { try CourseCatalog(data) }
            return error.map { "\($0.table) \($0.id)" }
        }
        #expect(error { $0.runs = [run(7, course: 9)] } == "courses_courserun 7")
        #expect(
            error { $0.requirementNodes = [node("0001", "course", id: 7, course: 9)] } == "courses_programrequirement 7"
        )
        #expect(
            error { $0.requirementNodes = [node("0001", "program", id: 7, requires: 9)] }
                == "courses_programrequirement 7")
        #expect(
            error { $0.requirementNodes = [node("0001", "program_root", id: 7, of: 9)] }
                == "courses_programrequirement 7")
        #expect(
            error { $0.requirementNodes = [node("00010", "program_root", id: 7)] } == "courses_programrequirement 7")
        #expect(error { $0.requirementNodes = [node("", "program_root", id: 7)] } == "courses_programrequirement 7")
        let orphan = productPage(.course, of: 9, page(10, path: "0001", urlPath: "/x/"))
        #expect(error { $0.productPages = [orphan] } == "cms_coursepage 10")
        #expect(
            error {
                $0.collectionItems = [
                    .init(collectionID: 9, item: ProgramCollection.Item(id: 7, programID: 1, order: nil))
                ]
            } == "courses_programcollectionitem 7")
        #expect(
            error {
                $0.collectionItems = [
                    .init(collectionID: 9, item: ProgramCollection.Item(id: 7, programID: 9, order: nil))
                ]
            } == "courses_programcollectionitem 7")
    }
}
