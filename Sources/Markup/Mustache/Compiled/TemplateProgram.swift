/// A compiled template: instructions in a row, those of included templates after those of the template itself.
struct TemplateProgram: Sendable {
    /// A field of a record on the stack, or of the record in hand when `shape` is nil.
    struct Field: Sendable {
        let shape: ObjectIdentifier?
        let slot: Int
    }

    enum Instruction: Sendable {
        /// Text of the template: a range of ``TemplateProgram/literals``.
        case literal(start: Int, end: Int)
        /// The indentation of the include under way.
        case indentation
        case text(Field)
        case html(Field)
        case number(Field)
        /// The text that the innermost section is about.
        case item
        case rawItem
        /// Takes the record of a field in hand.
        case take(Field, otherwise: Int)
        case jumpUnless(Field, Int)
        case jumpIf(Field, Int)
        case openRecords(Field, otherwise: Int)
        case nextRecord(body: Int)
        case openTexts(Field, otherwise: Int)
        case openText(Field, otherwise: Int)
        case openHTML(Field, otherwise: Int)
        case nextText(body: Int)
        /// Goes to an included template; `entry` is an index into ``TemplateProgram/entries``.
        case call(entry: Int)
        /// The same for one that indents its lines itself, by this literal, after what is the indentation already.
        case callIndented(entry: Int, start: Int, end: Int, isRelative: Bool)
        case end
    }

    /// The deepest nesting of includes; only records that hold each other without end go deeper.
    static let maximumDepth = 200

    let instructions: [Instruction]
    /// Where in its file each instruction comes from.
    let places: [TemplatePlace]
    let literals: [UInt8]
    /// Where the included templates begin.
    let entries: [Int]
}
