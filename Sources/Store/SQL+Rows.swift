extension SQL.Interpolation {
    /// The rows of a `VALUES` list, each of as many values: `INSERT INTO t (a, b) VALUES \(rows: rows)`. There must be at
    /// least one.
    public mutating func appendInterpolation(rows: some Sequence<[any Bindable]>) {
        for (index, row) in rows.enumerated() {
            appendLiteral(index == 0 ? "(" : ", (")
            for (column, value) in row.enumerated() {
                if column > 0 { appendLiteral(", ") }
                appendInterpolation(value.bind)
            }
            appendLiteral(")")
        }
    }
}
