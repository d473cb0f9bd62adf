import Bytes

/// MIT Learn's import raised: it has no error handling for a single item, so the whole run stops (`spec/catalog.md` §8.1).
public struct LearnFailure: Error, Hashable, CustomStringConvertible {
    /// The item, by its readable id or address.
    public let item: String
    /// The field.
    public let field: String
    /// What is wrong with it.
    public let problem: String

    /// One line.
    public var description: String { "\(item): \(field): \(problem)" }
}

/// Reads a document as Learn does: some fields it must have, the others may be missing or null.
struct LearnReader {
    let value: JSONValue
    let item: String
    var path = ""

    /// Learn's `document["field"]`: raises when the field is missing or null.
    func required(_ field: String) throws(LearnFailure) -> JSONValue {
        guard let found = value[field] else { throw failure(field, "is missing") }
        guard !found.isNull else { throw failure(field, "is null") }
        return found
    }

    /// A required text that fits the column Learn stores it in, `limit` code points.
    func text(_ field: String, limit: Int) throws(LearnFailure) -> String {
        guard let text = try required(field).string else { throw failure(field, "is not a text") }
        return try fitting(text, field, limit: limit)
    }

    /// An optional text that fits its column.
    func optionalText(_ field: String, limit: Int = .max) throws(LearnFailure) -> String? {
        guard let found = optional(field) else { return nil }
        guard let text = found.string else { throw failure(field, "is not a text") }
        return try fitting(text, field, limit: limit)
    }

    /// Learn's `document.get("field")`: nil when missing or null.
    func optional(_ field: String) -> JSONValue? {
        guard let found = value[field], !found.isNull else { return nil }
        return found
    }

    /// A list of objects; missing is empty, any other value than a list raises, null included.
    func list(_ field: String) throws(LearnFailure) -> [LearnReader] {
        guard let found = value[field] else { return [] }
        guard let elements = found.array else { throw failure(field, "is not a list") }
        return elements.enumerated().map { LearnReader(value: $1, item: item, path: "\(path)\(field)[\($0)].") }
    }

    /// Whether Learn takes the field for true: present and neither null, false, zero nor empty.
    func isTrue(_ field: String) -> Bool {
        switch value[field] {
        case nil, .null, .bool(false): false
        case .bool(true): true
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        case .number(let digits): Decimal64(digits, scale: 6)?.isZero != true
        }
    }

    /// An optional instant.
    func instant(_ field: String) throws(LearnFailure) -> Timestamp? {
        guard let text = try optionalText(field) else { return nil }
        guard text.hasSuffix("Z"), let instant = Timestamp(text) else {
            throw failure(field, "is not an instant in UTC")
        }
        return instant
    }

    /// The first of two instants that is there.
    func instant(_ field: String, else other: String) throws(LearnFailure) -> Timestamp? {
        let (first, second) = (try instant(field), try instant(other))
        return first ?? second
    }

    /// An optional amount of money, two fraction digits.
    func money(_ field: String) throws(LearnFailure) -> Decimal64? {
        guard let found = optional(field) else { return nil }
        guard case .number(let digits) = found, let amount = Decimal64(digits, scale: 2) else {
            throw failure(field, "is not a number")
        }
        return amount
    }

    /// An optional integer.
    func integer(_ field: String) throws(LearnFailure) -> Int? {
        guard let found = optional(field) else { return nil }
        guard let number = found.int else { throw failure(field, "is not an integer") }
        return number
    }

    /// Hours a week: free text that Learn keeps when it is an integer.
    func hours(_ field: String) -> Int? {
        optional(field).flatMap { $0.int ?? $0.string.flatMap(Int.init) }
    }

    /// The `name` of each entry, which none may lack.
    func names(of field: String) throws(LearnFailure) -> [String] {
        var names: [String] = []
        for entry in try list(field) { names.append(try entry.text("name", limit: .max)) }
        return names
    }

    func failure(_ field: String, _ problem: String) -> LearnFailure {
        LearnFailure(item: item, field: path + field, problem: problem)
    }

    private func fitting(_ text: String, _ field: String, limit: Int) throws(LearnFailure) -> String {
        guard text.unicodeScalars.count <= limit else { throw failure(field, "is longer than \(limit) characters") }
        return text
    }
}
