extension Schema {
    /// Reads tables from their notation: a line with the name of a table, then, indented, a line for each column,
    ///
    ///     NAME TYPE [collate-C] [null] [identity] [key] [references TABLE(COLUMN)]
    ///
    /// and then its constraints and indexes.
    ///
    ///     unique COLUMN,COLUMN [nulls-not-distinct] [where CONDITION]
    ///     check NAME CONDITION
    ///     index COLUMN,COLUMN [pattern | gin]
    ///
    /// Columns are NOT NULL unless they say `null`. Lines that are none of these are left out; the text is the program's
    /// own, and a test compares what comes of it with a real database.
    public init(parsing text: String, in namespace: Namespace) {
        var tables: [Table] = []
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ")[...]
            guard let first = words.popFirst() else { continue }
            if !line.hasPrefix(" ") {
                tables.append(Table(name: String(first)))
            } else if let last = tables.indices.last {
                tables[last].add(first, words)
            }
        }
        self.init(tables: tables, in: namespace)
    }
}

extension Schema.Table {
    fileprivate mutating func add(_ first: Substring, _ words: ArraySlice<Substring>) {
        switch first {
        case "unique": uniques += Schema.Unique(words).map { [$0] } ?? []
        case "check": checks += Schema.Check(words).map { [$0] } ?? []
        case "index": indexes += Schema.Index(words).map { [$0] } ?? []
        default: columns += Schema.Column(name: String(first), words).map { [$0] } ?? []
        }
    }
}

extension Schema.Column {
    fileprivate init?(name: String, _ words: ArraySlice<Substring>) {
        guard let word = words.first, let type = ColumnType(word) else { return nil }
        self.name = name
        self.type = type
        isNullable = words.contains("null")
        isKey = words.contains("key")
        isIdentity = words.contains("identity")
        hasCCollation = words.contains("collate-C")
        if let position = words.firstIndex(of: "references"), position + 1 < words.endIndex {
            let target = words[position + 1].split { "()".contains($0) }
            if target.count == 2 {
                reference = Schema.Reference(table: String(target[0]), column: String(target[1]))
            }
        }
    }
}

extension Schema.Unique {
    fileprivate init?(_ words: ArraySlice<Substring>) {
        var words = words
        guard let list = words.popFirst() else { return nil }
        columns = list.split(separator: ",").map(String.init)
        if words.first == "nulls-not-distinct" {
            nullsNotDistinct = true
            words.removeFirst()
        }
        if words.popFirst() == "where" { condition = words.joined(separator: " ") }
    }
}

extension Schema.Check {
    fileprivate init?(_ words: ArraySlice<Substring>) {
        guard let word = words.first else { return nil }
        name = String(word)
        condition = words.dropFirst().joined(separator: " ")
    }
}

extension Schema.Index {
    fileprivate init?(_ words: ArraySlice<Substring>) {
        guard let list = words.first else { return nil }
        columns = list.split(separator: ",").map(String.init)
        kind =
            switch words.dropFirst().first {
            case "pattern": .pattern
            case "gin": .gin
            default: .plain
            }
    }
}
