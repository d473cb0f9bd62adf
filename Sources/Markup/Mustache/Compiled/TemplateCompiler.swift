/// Compiles a template, and those that it includes, for the records that they are rendered for.
///
/// An included template is compiled once for each of the ways in which it is included: around which records, with which
/// blocks replaced, indented by how much.
struct TemplateCompiler {
    let library: TemplateLibrary
    var builder = TemplateProgramBuilder()
    var environments = BlockEnvironments()
    private var entries: [EntryKey: Int] = [:]
    private var waiting: [Waiting] = []
    private var calls = TemplateCalls()

    /// What an included template is compiled for.
    private struct Entry: Hashable {
        let template: String
        let shapes: [ObjectIdentifier]
        let subject: TemplateScope.Subject
        let environment: Int
    }

    private struct EntryKey: Hashable {
        let entry: Entry
        /// What its lines begin with; nil when that is only known when it is rendered.
        let prefix: [UInt8]?
    }

    private struct Waiting {
        let key: EntryKey
        let template: ParsedTemplate
        let context: Context
        /// What it is included by, and by what that is.
        let chain: [Entry]
    }

    /// What holds at a place of a template.
    struct Context {
        var scope: TemplateScope
        /// What each line begins with.
        var prefix: [UInt8] = []
        /// What is taken from the beginning of each line.
        var removed: [UInt8] = []
        /// Whether lines begin with the indentation of the include under way, before `prefix`.
        var isRunning = false
        var environment = BlockEnvironments.empty
        var includes: [TemplatePlace] = []
        /// How many tags are around the place.
        var depth = 0
        /// Whether a section over records is between the place and the beginning of its template.
        var isDeeper = false
    }

    init(_ library: TemplateLibrary) {
        self.library = library
    }

    mutating func compile(
        _ template: ParsedTemplate, for shape: RecordShape
    ) throws(TemplateError) -> TemplateProgram {
        _ = entry(template, prefix: [], Context(scope: TemplateScope(root: shape)), chain: [])
        var next = 0
        while next < waiting.count {
            let work = waiting[next]
            builder.beginEntry()
            current = (next, work.chain + [work.key.entry])
            try emit(work.template.nodes, work.context)
            builder.append(.end, TemplatePlace(file: work.template.file, line: 1, column: 1))
            next += 1
        }
        try calls.check()
        return builder.program
    }

    /// The entry that is being compiled.
    private var current: (number: Int, chain: [Entry]) = (0, [])

    /// The number of the entry for a template, which is compiled later if this is the first time that it is asked for.
    private mutating func entry(
        _ template: ParsedTemplate, prefix: [UInt8]?, _ context: Context, chain: [Entry]
    ) -> Int {
        let key = EntryKey(entry: description(of: template, context), prefix: prefix)
        if let known = entries[key] { return known }
        var context = context
        context.prefix = prefix ?? []
        context.isRunning = prefix == nil
        waiting.append(Waiting(key: key, template: template, context: context, chain: chain))
        entries[key] = waiting.count - 1
        return waiting.count - 1
    }

    private func description(of template: ParsedTemplate, _ context: Context) -> Entry {
        Entry(
            template: template.name, shapes: context.scope.shapes.map(\.id), subject: context.scope.subject,
            environment: context.environment)
    }

    /// The call of an included template.
    mutating func emit(_ include: TemplateInclude, _ context: Context) throws(TemplateError) {
        let template = try library.template(of: include, includes: context.includes)
        let inside = Context(
            scope: context.scope, environment: environments.adding(include.overrides, to: context.environment),
            includes: [include.place] + context.includes)
        let prefix = include.indentation.map { context.prefix + $0.without(context.removed) } ?? []
        let entry = description(of: template, inside)
        // Indented anew in itself, it would have to be compiled for ever more indentation.
        let isGrowing =
            current.chain.contains(entry) && entries[EntryKey(entry: entry, prefix: prefix)] == nil
        let isRelative = context.isRunning && include.indentation != nil
        let number = self.entry(
            template, prefix: isGrowing || isRelative ? nil : prefix, inside, chain: current.chain)
        calls.add(from: current.number, to: number, isDeeper: context.isDeeper, include.place, context.includes)
        if isGrowing || isRelative {
            let (start, end) = builder.literal(prefix)
            builder.append(
                .callIndented(entry: number, start: start, end: end, isRelative: isRelative), include.place)
        } else {
            builder.append(.call(entry: number), include.place)
        }
    }
}

extension [UInt8] {
    /// The rest of a line's indentation after as much of `removed` as it begins with.
    func without(_ removed: [UInt8]) -> ArraySlice<UInt8> {
        var count = 0
        while count < Swift.min(self.count, removed.count), self[count] == removed[count] { count += 1 }
        return self[count...]
    }
}
