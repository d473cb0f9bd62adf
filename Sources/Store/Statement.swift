/// A statement as one engine reads it.
struct Statement {
    /// The text with numbered placeholders.
    let text: String
    /// The values, in the order of their placeholders.
    let binds: [Bind]
    /// The table that errors name.
    let table: String?

    init(_ sql: SQL, for dialect: Dialect) {
        var text = ""
        var binds: [Bind] = []
        for part in sql.parts {
            switch part {
            case .text(let piece): text += piece
            case .bind(let value):
                binds.append(value)
                text += dialect.placeholder(binds.count)
            case .membership(let values, let negated):
                binds.append(.list(values))
                text += dialect.membership(binds.count, negated: negated)
            case .lock(let lock): text += dialect.clause(for: lock)
            case .own(let name): text += dialect.tableName(name, in: .flows)
            }
        }
        self.text = text
        self.binds = binds
        table = sql.table
    }
}
