/// A program that is being written.
struct TemplateProgramBuilder {
    private var instructions: [TemplateProgram.Instruction] = []
    private var places: [TemplatePlace] = []
    private var literals: [UInt8] = []
    private var entries: [Int] = []
    /// Instructions before this one are done: something jumps to what comes next.
    private var boundary = 0

    /// Where the next instruction will stand.
    var position: Int { instructions.count }

    /// The program as it stands.
    var program: TemplateProgram {
        TemplateProgram(instructions: instructions, places: places, literals: literals, entries: entries)
    }

    /// Begins the next included template.
    mutating func beginEntry() {
        entries.append(target())
    }

    /// The next instruction's position, as the target of a jump.
    mutating func target() -> Int {
        boundary = position
        return position
    }

    /// Adds an instruction and says where it stands.
    @discardableResult
    mutating func append(_ instruction: TemplateProgram.Instruction, _ place: TemplatePlace) -> Int {
        instructions.append(instruction)
        places.append(place)
        return position - 1
    }

    /// Replaces an instruction whose target is known now.
    mutating func replace(_ index: Int, by instruction: TemplateProgram.Instruction) {
        instructions[index] = instruction
    }

    /// Prints `bytes`, together with what the instruction before prints if that can be.
    mutating func appendLiteral(_ bytes: some Collection<UInt8>, _ place: TemplatePlace) {
        guard !bytes.isEmpty else { return }
        let (start, end) = literal(bytes)
        if position > boundary, case .literal(let before, start)? = instructions.last {
            instructions[position - 1] = .literal(start: before, end: end)
        } else {
            append(.literal(start: start, end: end), place)
        }
    }

    /// Keeps `bytes` among the literals.
    mutating func literal(_ bytes: some Collection<UInt8>) -> (start: Int, end: Int) {
        let start = literals.count
        literals.append(contentsOf: bytes)
        return (start, literals.count)
    }
}
