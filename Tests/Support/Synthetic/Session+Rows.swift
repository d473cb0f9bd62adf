import Store

extension Session {
    /// Inserts a row for each element and returns their number.
    ///
    /// `row` names the columns beside the values; every row names the same ones in the same order.
    mutating func insert<Elements: Sequence>(
        _ table: String, _ elements: Elements, _ row: (Elements.Element) -> SyntheticRow
    ) throws -> Int {
        var iterator = elements.makeIterator()
        guard let first = iterator.next().map(row) else { return 0 }
        return try insert(into: table, columns: first.values.map(\.column)) { add in
            try add(first.binds)
            while let element = iterator.next() { try add(row(element).binds) }
        }
    }
}

/// The values of one row with the names of their columns: `["id": 7, "live": true]`.
struct SyntheticRow: ExpressibleByDictionaryLiteral {
    let values: [(column: String, bind: Bind)]

    init(dictionaryLiteral elements: (String, any Bindable)...) {
        values = elements.map { ($0.0, $0.1.bind) }
    }

    private init(values: [(column: String, bind: Bind)]) {
        self.values = values
    }

    var binds: [Bind] { values.map(\.bind) }

    static func + (left: SyntheticRow, right: SyntheticRow) -> SyntheticRow {
        SyntheticRow(values: left.values + right.values)
    }
}
