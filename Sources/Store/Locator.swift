/// Where a database is.
enum Locator: Hashable {
    case sqlite(path: String)
    case postgres(url: String)

    init(_ text: String) throws(StoreError) {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            self = .postgres(url: text)
            return
        }
        guard text.hasPrefix("sqlite:") else {
            throw StoreError(.unsupportedLocator, "the database locator names no known engine")
        }
        var path = text.dropFirst("sqlite:".count)
        if path.hasPrefix("//") {
            guard path.hasPrefix("///") else {
                throw StoreError(.unsupportedLocator, "the SQLite locator names a host; it takes a path only")
            }
            path = path.dropFirst(2)
        }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw StoreError(.unsupportedLocator, "the SQLite locator has no path")
        }
        self = .sqlite(path: String(path))
    }
}
