/// What stands in a JSON file, known from its path (`spec/catalog.md` §5.2, §5.4).
enum DocumentKind: Hashable, Sendable {
    /// A page of the list whose folder is `base`; `page` is nil for the list's own `index.json`, which is page 1.
    case page(of: Collection, base: String, page: Int?)
    /// The array of all items.
    case array(of: Collection)
    /// The document of the item with the id or readable id `name`.
    case detail(of: Collection, name: String)
    /// A document without shape of its own.
    case other

    /// A folder of lists and detail documents.
    enum Collection: String, CaseIterable, Sendable {
        case courses = "public/api/v2/courses"
        case internalCourses = "internal/api/internal/courses"
        case programs = "public/api/v2/programs"
        case departments = "public/api/v2/departments"
        case programCollections = "public/api/v2/program-collections"
        case instructors = "public/api/v2/instructors"
        case topics = "public/api/v2/topics"

        fileprivate var isOneArray: Bool { self == .departments || self == .topics }
    }

    /// The kind of the file at `path`.
    init(path: String) {
        self = .other
        guard path.utf8.hasSuffix("/index.json"),
            let collection = Collection.allCases.first(where: { path.utf8.hasPrefix($0.rawValue, before: "/") })
        else { return }
        let below = path.utf8.dropFirst(collection.rawValue.utf8.count)
        let parts = below.split(separator: UInt8(ascii: "/")).dropLast().map { String($0) ?? "" }
        if collection.isOneArray {
            if parts.isEmpty { self = .array(of: collection) }
            if parts.count == 1 { self = .detail(of: collection, name: parts[0]) }
        } else if parts.count >= 2, parts[parts.count - 2] == "page", let page = Int(parts[parts.count - 1]) {
            let base = ([collection.rawValue] + parts.dropLast(2)).joined(separator: "/")
            self = .page(of: collection, base: base, page: page)
        } else if parts.isEmpty || parts[0] == "q" {
            self = .page(of: collection, base: ([collection.rawValue] + parts).joined(separator: "/"), page: nil)
        } else if parts.count == 1 {
            self = .detail(of: collection, name: parts[0])
        }
    }
}

extension String.UTF8View {
    fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
        count >= suffix.utf8CodeUnitCount
            && self.suffix(suffix.utf8CodeUnitCount).elementsEqual(
                UnsafeBufferPointer(start: suffix.utf8Start, count: suffix.utf8CodeUnitCount))
    }

    fileprivate func hasPrefix(_ prefix: String, before separator: Unicode.Scalar) -> Bool {
        let rest = dropFirst(prefix.utf8.count)
        return rest.first == UInt8(ascii: separator) && starts(with: prefix.utf8)
    }
}
