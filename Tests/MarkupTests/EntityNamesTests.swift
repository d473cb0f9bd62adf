import Testing

@testable import Markup

@Suite("Entity names")
struct EntityNamesTests {
    @Test("there are 2,125 of them, in byte order without repetition")
    func sorted() throws {
        let names = try (0..<EntityNames.all.count).map { try Array(#require(EntityNames.all[$0])) }
        #expect(names.count == 2125)
        #expect(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(names.allSatisfy { !$0.isEmpty })
        #expect(EntityNames.all[2125] == nil)
    }

    @Test("block elements are in byte order, else bisection would miss some")
    func blockElements() throws {
        let names = try (0..<BlockElement.names.count).map { try Array(#require(BlockElement.names[$0])) }
        #expect(names.count == 33)
        #expect(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }

    @Test(
        "a name and the beginning of a name are told from others",
        arguments: ["AElig", "A", "zwnj", "nbsp", "CounterClockwiseContourIntegra"])
    func prefixes(name: String) {
        #expect(EntityNames.all.containsPrefix(name.utf8))
        #expect(!EntityNames.all.containsPrefix((name + "~").utf8))
    }

    @Test("only whole names are contained")
    func whole() {
        #expect(BlockElement.names.contains("figcaption".utf8))
        #expect(!BlockElement.names.contains("figcaptio".utf8))
        #expect(!BlockElement.names.contains("".utf8))
        #expect(!BlockElement.names.contains("z".utf8))
    }
}
