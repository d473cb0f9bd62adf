import Bytes
import Catalog
import Support

/// Some programs with requirements that chance has made, sound and unsound ones, and a learner who has done some of it.
struct RequirementWorld {
    static let courses = 1...6
    static let programs = 1...4

    private(set) var rows: [RequirementNode] = []
    let paid: Set<Int>
    let done: ProgramRequirements.Done
    private var random: SeededGenerator

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        paid = Set(Self.programs.filter { _ in random.chance(50) })
        let eagerness = random.number(20...95)
        done = ProgramRequirements.Done(
            courses: Set(Self.courses.filter { _ in random.chance(eagerness) }),
            programs: Set(Self.programs.filter { _ in random.chance(50) }))
        self.random = random
        for program in Self.programs { grow(program) }
        rows.sort { $0.path.reversed().lexicographicallyPrecedes($1.path.reversed()) }
    }

    /// What the rules make of the same rows.
    var requirements: ProgramRequirements {
        let sorted = rows.sorted { ByteKey($0.path) < ByteKey($1.path) }
        return ProgramRequirements(
            Self.programs.map { program in
                ProgramRequirements.Entry(
                    id: program, readableID: "program-v1:MITx+P\(program)", isLive: true,
                    isPaid: paid.contains(program),
                    tree: RequirementTree(joining: sorted.filter { $0.programID == program }))
            })
    }

    private mutating func grow(_ program: Int) {
        for _ in 0..<pick([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2]) {
            let root = step()
            let number = rows.count
            add(root, "program_root", of: program)
            for _ in 0..<pick([0, 1, 1, 2, 3]) { grow(program, below: root) }
            // Now and then a row is lost, and what stood below it hangs in the air.
            if pick(Array(0..<8)) == 0, rows.count > number + 1 {
                rows.remove(at: pick(Array(number + 1..<rows.count)))
            }
        }
    }

    private mutating func grow(_ program: Int, below parent: String) {
        let path = parent + step()
        switch pick(Array(0..<20)) {
        case 0..<5 where path.count < 24:
            add(path, "operator", "all_of", of: program)
            for _ in 0..<pick([0, 1, 2, 3]) { grow(program, below: path) }
        case 5..<11 where path.count < 24:
            let value = pick(["1", "2", "1", "0", "3", " 1 ", "-1", "+1", "", "x", "1.5", "2 3", nil])
            add(path, "operator", "min_number_of", value, of: program)
            for _ in 0..<pick([0, 1, 2, 3, 4]) { grow(program, below: path) }
        case 11:
            add(path, "operator", pick([nil, "", "any_of"]), of: program)
            grow(program, below: path)
        case 12: add(path, pick(["course", "program", nil, "page"]), of: program)
        case 13..<16: add(path, "program", of: program, requires: pick(Array(Self.programs)))
        default:
            add(path, "course", of: program, course: pick(Array(Self.courses)))
            if pick(Array(0..<10)) == 0 { grow(program, below: path) }
        }
    }

    private mutating func add(
        _ path: String, _ type: String?, _ operation: String? = nil, _ value: String? = nil, of program: Int,
        course: Int? = nil, requires: Int? = nil
    ) {
        rows.append(
            RequirementNode(
                id: rows.count + 1, path: path, nodeType: type, operation: operation, operatorValue: value,
                programID: program, courseID: course, requiredProgramID: requires, title: nil,
                electiveFlag: pick([nil, false, true])))
    }

    /// Four characters that no other node has.
    private mutating func step() -> String {
        let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return String((0..<4).map { _ in pick(digits) })
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value { random.pick(values) }
}
