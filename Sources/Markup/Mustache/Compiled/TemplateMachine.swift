import Bytes

/// Carries out a program for one record.
struct TemplateMachine {
    private let program: TemplateProgram
    /// The records that sections were opened for, the innermost last.
    private var records: [Frame]
    /// The texts that sections were opened for, the innermost last.
    private var texts: [(values: [String], index: Int)] = []
    private var calls: [Call] = []
    private var indentation: [UInt8] = []
    /// The record in hand, on the way along a dotted name.
    private var inHand: any RecordCursor

    private struct Frame {
        let shape: ObjectIdentifier
        let cursor: any RecordCursor
    }

    private struct Call {
        let position: Int
        let indentation: [UInt8]
    }

    init(_ program: TemplateProgram, root: any RecordCursor) {
        self.program = program
        records = [Frame(shape: root.shape, cursor: root)]
        inHand = root
    }

    mutating func run(into buffer: inout ByteBuffer) throws(TemplateError) {
        var position = 0
        while true {
            let instruction = program.instructions[position]
            position += 1
            switch instruction {
            case .literal(let start, let end): buffer.append(program.literals[start..<end])
            case .indentation: buffer.append(indentation)
            case .text(let field):
                if let text = cursor(field).text(field.slot) { buffer.appendHTML(text) }
            case .html(let field):
                if let html = cursor(field).html(field.slot) { buffer.append(html.text) }
            case .number(let field): buffer.append(cursor(field).number(field.slot))
            case .item:
                if let item = texts.last { buffer.appendHTML(item.values[item.index]) }
            case .rawItem:
                if let item = texts.last { buffer.append(item.values[item.index]) }
            case .take(let field, let otherwise):
                if let record = cursor(field).records(field.slot) { inHand = record } else { position = otherwise }
            case .jumpUnless(let field, let target):
                if !cursor(field).holds(field.slot) { position = target }
            case .jumpIf(let field, let target):
                if cursor(field).holds(field.slot) { position = target }
            case .openRecords(let field, let otherwise):
                if let opened = cursor(field).records(field.slot) {
                    records.append(Frame(shape: opened.shape, cursor: opened))
                } else {
                    position = otherwise
                }
            case .nextRecord(let body):
                if records[records.count - 1].cursor.advance() { position = body } else { records.removeLast() }
            case .openTexts(let field, let otherwise):
                open(cursor(field).texts(field.slot), &position, otherwise)
            case .openText(let field, let otherwise):
                let text = cursor(field).text(field.slot) ?? ""
                open(text.isEmpty ? [] : [text], &position, otherwise)
            case .openHTML(let field, let otherwise):
                let text = cursor(field).html(field.slot)?.text ?? ""
                open(text.isEmpty ? [] : [text], &position, otherwise)
            case .nextText(let body):
                let last = texts.count - 1
                texts[last].index += 1
                if texts[last].index < texts[last].values.count { position = body } else { texts.removeLast() }
            case .call(let entry):
                try call(entry, &position, indentation)
            case .callIndented(let entry, let start, let end, let isRelative):
                try call(entry, &position, (isRelative ? indentation : []) + program.literals[start..<end])
            case .end:
                guard let call = calls.popLast() else { return }
                (position, indentation) = (call.position, call.indentation)
            }
        }
    }

    /// The innermost record of the type that has the field: where the compiler found it.
    private func cursor(_ field: TemplateProgram.Field) -> any RecordCursor {
        guard let shape = field.shape else { return inHand }
        var index = records.count - 1
        while index > 0, records[index].shape != shape { index -= 1 }
        return records[index].cursor
    }

    private mutating func open(_ values: [String], _ position: inout Int, _ otherwise: Int) {
        if values.isEmpty { position = otherwise } else { texts.append((values, 0)) }
    }

    private mutating func call(_ entry: Int, _ position: inout Int, _ indented: [UInt8]) throws(TemplateError) {
        guard calls.count < TemplateProgram.maximumDepth else {
            throw TemplateError(
                program.places[position - 1],
                "templates include each other more than \(TemplateProgram.maximumDepth) levels deep: do the records end?"
            )
        }
        calls.append(Call(position: position, indentation: indentation))
        indentation = indented
        position = program.entries[entry]
    }
}
