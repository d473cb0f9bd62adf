/// The name of a language code (`spec/catalog.md` §7.7).
public enum LanguageLabel {
    /// The label; empty for no code, `INVALID` for one that the table does not know.
    ///
    /// Codes without `_` compare case-insensitively. `compatible` gives the existing application's own labels, a few of
    /// which are wrong [D9].
    public static func label(of code: String, compatible: Bool = false) -> String {
        guard !code.isEmpty else { return "" }
        let key = code.utf8.contains(UInt8(ascii: "_")) ? code : code.lowercased()
        if compatible, let label = LanguageTable.compatible[key] { return label }
        return LanguageTable.labels[key] ?? unknown
    }

    /// The label of a code that is not in the table.
    public static let unknown = "INVALID"
}
