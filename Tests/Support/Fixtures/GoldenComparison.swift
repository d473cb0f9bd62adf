import Bytes

/// How one recorded answer is compared with our documents: a row of `Tests/Fixtures/golden/compared.tsv`.
public struct GoldenComparison: Sendable, CustomStringConvertible {
    /// The ways of comparing; `Tests/Fixtures/README.md` says what each means.
    public enum Method: String, Sendable {
        case document, page, items, indented, brief, absent, none
        case someItems = "some-items"
    }

    /// The recorded answer.
    public let answer: GoldenAnswer
    /// How it is compared.
    public let method: Method
    /// Our document: its path in a snapshot, beginning with the root.
    public let document: String
    /// The page size that our documents must be rendered with, nil for any that holds the whole list.
    public let pageSize: Int?
    /// What is peculiar, or why it is not compared.
    public let note: String

    /// The request, which names a test's case.
    public var description: String { answer.request }

    /// All rows, in the manifest's order; each recorded answer has exactly one.
    public static func all() throws -> [GoldenComparison] {
        let lines = try FixtureFiles.text("golden/compared.tsv").split(separator: "\n").dropFirst()
        let answers = try GoldenAnswer.all()
        guard lines.count == answers.count else {
            throw FixtureError("compared.tsv has \(lines.count) rows for \(answers.count) answers")
        }
        return try zip(lines, answers).map { line, answer in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 5, let method = Method(rawValue: fields[1]) else {
                throw FixtureError("compared.tsv: unreadable row \(line)")
            }
            guard fields[0] == answer.request else {
                throw FixtureError("compared.tsv: \(fields[0]) stands where the manifest has \(answer.request)")
            }
            return GoldenComparison(
                answer: answer, method: method, document: fields[2], pageSize: Int(fields[3]), note: fields[4])
        }
    }

    /// What is different in our documents, readably, or nil when the comparison holds.
    ///
    /// - Parameter bytes: The bytes of our document at a path, nil when there is none; rendered with ``pageSize``.
    public func difference(_ bytes: (String) throws -> [UInt8]?) throws -> String? {
        switch method {
        case .none: return nil
        case .absent: return try bytes(document) == nil ? nil : "\(document) exists"
        case .document, .indented:
            return try compare(found(bytes).cut(like: answer.document()))
        case .brief:
            return try compare(found(bytes).cut(like: answer.document()).brief)
        case .page:
            let found = try found(bytes)
            return try compare(
                answer.document()
                    .replacing("count", by: found["count"]).replacing("results", by: found["results"]))
        case .items:
            let recorded = try answer.document()
            return try compare(recorded.replacing("results", by: .array(found(bytes).items(withIDsOf: recorded))))
        case .someItems:
            let (found, recorded) = (try found(bytes), try answer.document())
            let items = found.items(withIDsOf: recorded)
            if items.isEmpty { return "\(document) has none of the recorded items" }
            return JSONValue.array(items).firstDifference(from: .array(recorded.items(withIDsOf: found)))?.description
        }
    }

    /// Our document, which must be there and compact, so that comparing what was parsed compares the bytes.
    private func found(_ bytes: (String) throws -> [UInt8]?) throws -> JSONValue {
        guard let ours = try bytes(document) else { throw FixtureError("\(document) does not exist") }
        let found = try JSONValue(parsing: ours)
        if let difference = ByteDifference(expected: found.compactBytes, found: ours) {
            throw FixtureError("\(document) is not compact JSON: \(difference)")
        }
        return found
    }

    private func compare(_ found: JSONValue) throws -> String? {
        let expected = try answer.body()
        let layout = answer.file.hasPrefix("wagtail/") ? found.indentedBytes : found.compactBytes
        guard let bytes = ByteDifference(expected: expected, found: layout) else { return nil }
        return try found.firstDifference(from: answer.document())?.description ?? bytes.description
    }
}

extension JSONValue {
    /// The object with another value under a key that it has.
    fileprivate func replacing(_ key: String, by value: JSONValue?) -> JSONValue {
        guard case .object(let members) = self, let value else { return self }
        return .object(members.map { $0.key == key ? Member(key: key, value: value) : $0 })
    }

    /// The results of a list, in its order, whose ids occur among the results of `other`.
    fileprivate func items(withIDsOf other: JSONValue) -> [JSONValue] {
        let ids = Set((other["results"]?.array ?? []).compactMap { $0["id"]?.int })
        return (self["results"]?.array ?? []).filter { $0["id"]?.int.map(ids.contains) ?? false }
    }

    /// A pages document with as many items as `recorded`, which may have been asked with a limit.
    fileprivate func cut(like recorded: JSONValue) -> JSONValue {
        guard let items = self["items"]?.array, let limit = recorded["items"]?.array?.count else { return self }
        return replacing("items", by: .array(Array(items.prefix(limit))))
    }

    /// A pages document with the fields that MITx Online sends when none are asked for.
    fileprivate var brief: JSONValue {
        replacing(
            "items",
            by: .array(
                (self["items"]?.array ?? []).map { item in
                    item.keeping(["id", "meta", "title"]).replacing("meta", by: item["meta"]?.keeping(Self.briefMeta))
                }))
    }

    private static let briefMeta: Set = [
        "type", "detail_url", "html_url", "slug", "first_published_at", "live", "last_published_at",
    ]

    private func keeping(_ keys: Set<String>) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { keys.contains($0.key) })
    }
}
