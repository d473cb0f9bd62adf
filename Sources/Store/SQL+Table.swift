extension SQL {
    /// Every row of one table: `SELECT columns FROM table ORDER BY …`, labelled with the table.
    ///
    /// Names are quoted. The first column should be the primary key: errors name a row by it.
    public static func table(_ name: String, columns: [String], orderBy: [String] = []) -> SQL {
        var text = "SELECT " + columns.map(quoted).joined(separator: ", ") + " FROM " + quoted(name)
        if !orderBy.isEmpty { text += " ORDER BY " + orderBy.map(quoted).joined(separator: ", ") }
        return SQL(stringLiteral: text).labelled(name)
    }

    /// The same with the names in one text, separated by commas: `"id, title, live"`.
    public static func table(_ name: String, columns: String, orderBy: String = "") -> SQL {
        table(name, columns: names(in: columns), orderBy: names(in: orderBy))
    }

    private static func names(in list: String) -> [String] {
        list.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }
}
