extension TemplateCompiler {
    /// The deepest nesting of tags when blocks have been replaced, so that no template can exhaust the stack.
    private static let maximumDepth = 300

    /// - Parameter continuesLine: whether the first node continues a line whose beginning was printed.
    mutating func emit(
        _ nodes: [TemplateNode], _ context: Context, continuesLine: Bool = false
    ) throws(TemplateError) {
        var place = context.includes.first ?? TemplatePlace(file: "", line: 1, column: 1)
        for (index, node) in nodes.enumerated() {
            switch node {
            case .line(let indentation, let at):
                place = at
                if index > 0 || !continuesLine { emitLineBeginning(context, place) }
                builder.appendLiteral(indentation.without(context.removed), place)
            case .text(let text, let at):
                place = at
                builder.appendLiteral(text, place)
            case .value(let value): try emit(value, context)
            case .section(let section): try emit(section, context)
            case .include(let include): try emit(include, context)
            case .block(let block): try emit(block, context)
            }
        }
    }

    private mutating func emitLineBeginning(_ context: Context, _ place: TemplatePlace) {
        if context.isRunning { builder.append(.indentation, place) }
        builder.appendLiteral(context.prefix, place)
    }

    private mutating func emit(_ block: TemplateBlock, _ context: Context) throws(TemplateError) {
        var inside = try deeper(context, block.place)
        guard let override = environments.override(of: block.name, in: context.environment) else {
            return try emit(block.body, inside)
        }
        inside.environment = override.environment
        inside.prefix = context.prefix + block.indentation.without(context.removed)
        inside.removed = override.block.bodyIndentation
        inside.includes = [block.place] + context.includes
        if block.beginsLine, !override.block.beginsLine, !override.block.body.isEmpty {
            emitLineBeginning(inside, override.block.place)
        }
        try emit(override.block.body, inside, continuesLine: !block.beginsLine)
    }

    private func deeper(_ context: Context, _ place: TemplatePlace) throws(TemplateError) -> Context {
        guard context.depth < Self.maximumDepth else {
            throw TemplateError(
                place, "nested deeper than \(Self.maximumDepth) tags, those of replaced blocks included",
                includes: context.includes)
        }
        var context = context
        context.depth += 1
        return context
    }

    private mutating func emit(_ value: TemplateValue, _ context: Context) throws(TemplateError) {
        func fail(_ message: String) -> TemplateError {
            TemplateError(value.place, message, includes: context.includes)
        }
        if value.name.parts.isEmpty {
            switch (context.scope.subject, value.isRaw) {
            case (.text, false): builder.append(.item, value.place)
            case (.html, true): builder.append(.rawItem, value.place)
            case (.text, true): throw fail("{{.}} is text here, which is never printed raw: write {{.}}")
            case (.html, false): throw fail("{{.}} is HTML here: write {{{.}}}")
            case (.flag, _): throw fail("{{.}} is a flag here, which is not printed")
            case (.record, _): throw fail("{{.}} is a record here, which is not printed: name a field")
            }
            return
        }
        let found = try find(value.name, value.place, context)
        let name = value.name.text
        let instruction: TemplateProgram.Instruction
        switch (found.kind, value.isRaw) {
        case (.text, false): instruction = .text(found.field)
        case (.html, true): instruction = .html(found.field)
        case (.number, _): instruction = .number(found.field)
        case (.text, true): throw fail("'\(name)' is text, which is never printed raw: write {{\(name)}}")
        case (.html, false): throw fail("'\(name)' is HTML: write {{{\(name)}}}")
        case (.flag, _), (.texts, _), (.list, _), (.record, _):
            throw fail("'\(name)' is \(found.kind.words), which is not printed: open a section {{#\(name)}}")
        }
        let steps = emitSteps(found, value.place)
        builder.append(instruction, value.place)
        finish(steps)
    }

    private func find(
        _ name: TemplateName, _ place: TemplatePlace, _ context: Context
    ) throws(TemplateError) -> TemplateScope.Found {
        do throws(TemplateScope.Mistake) {
            return try context.scope.find(name)
        } catch {
            throw TemplateError(place, error.message, includes: context.includes)
        }
    }

    /// Takes the records along a dotted name in hand; where one is missing, a jump waits for its target.
    private mutating func emitSteps(_ found: TemplateScope.Found, _ place: TemplatePlace) -> [Jump] {
        found.steps.map { step in emitJump(place) { .take(step, otherwise: $0) } }
    }

    private mutating func emitJump(
        _ place: TemplatePlace, _ instruction: @escaping (Int) -> TemplateProgram.Instruction
    ) -> Jump {
        Jump(index: builder.append(instruction(0), place), instruction: instruction)
    }

    /// Lets the jumps lead to what comes next.
    private mutating func finish(_ jumps: [Jump]) {
        if jumps.isEmpty { return }
        let target = builder.target()
        for jump in jumps { builder.replace(jump.index, by: jump.instruction(target)) }
    }

    private mutating func emit(_ section: TemplateSection, _ context: Context) throws(TemplateError) {
        let (name, place) = (section.name, section.place)
        if name.parts.isEmpty {
            throw TemplateError(place, "there is no section over {{.}}", includes: context.includes)
        }
        let found = try find(name, place, context)
        var inside = try deeper(context, place)
        let field = found.field
        let opening: (Int) -> TemplateProgram.Instruction
        var closing: ((Int) -> TemplateProgram.Instruction)?
        switch found.kind {
        case .number:
            throw TemplateError(
                place, "'\(name.text)' is a number, over which there is no section", includes: context.includes)
        case .flag:
            opening = { .jumpUnless(field, $0) }
            inside.scope = context.scope.about(.flag)
        case .text:
            (opening, closing) = ({ .openText(field, otherwise: $0) }, { .nextText(body: $0) })
            inside.scope = context.scope.about(.text)
        case .texts:
            (opening, closing) = ({ .openTexts(field, otherwise: $0) }, { .nextText(body: $0) })
            inside.scope = context.scope.about(.text)
        case .html:
            (opening, closing) = ({ .openHTML(field, otherwise: $0) }, { .nextText(body: $0) })
            inside.scope = context.scope.about(.html)
        case .list(let shape), .record(let shape):
            (opening, closing) = ({ .openRecords(field, otherwise: $0) }, { .nextRecord(body: $0) })
            inside.scope = context.scope.entering(shape())
            inside.isDeeper = true
        }
        let steps = emitSteps(found, place)
        if section.isInverted {
            let jump = emitJump(place) { .jumpIf(field, $0) }
            finish(steps)
            var around = context
            around.depth = inside.depth
            try emit(section.body, around)
            finish([jump])
            return
        }
        let jump = emitJump(place, opening)
        let body = builder.target()
        try emit(section.body, inside)
        if let closing { builder.append(closing(body), place) }
        finish(steps + [jump])
    }
}

/// A jump whose target is not known yet.
private struct Jump {
    let index: Int
    let instruction: (Int) -> TemplateProgram.Instruction
}
