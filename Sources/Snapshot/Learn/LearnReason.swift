/// Why MIT Learn does what it does with a course, program or run: the row and field that decide, and what to edit there.
public struct LearnReason: Hashable, Sendable {
    /// The rule (`spec/catalog.md` §8): a stable word such as `page-not-live`.
    public let code: String
    /// The table of the row.
    public let table: String
    /// The row's primary key as text; nil when the reason is that there is no such row.
    public let id: String?
    /// The column; nil when the reason lies in more than one.
    public let column: String?
    /// The column's value, `null` for none; without a column what is wrong with the row.
    public let value: String
    /// What to edit where, and to what end; a clause without full stop.
    public let advice: String

    /// The row, the field and its value: `wagtailcore_page 210, live is false`.
    public var text: String {
        guard let column else { return [table, id, value].compactMap(\.self).joined(separator: " ") }
        guard let id else { return "no \(table) has \(column) \(value)" }
        return "\(table) \(id), \(column) is \(value)"
    }

    /// The row, the field, its value, and what to do.
    public var sentence: String { "\(text): \(advice)" }

    init(_ code: String, _ table: String, _ id: Int?, _ column: String?, _ value: String, _ advice: String) {
        self.code = code
        self.table = table
        self.id = id.map { "\($0)" }
        self.column = column
        self.value = value
        self.advice = advice
    }
}

/// What becomes of a course or program on MIT Learn.
public enum LearnState: String, CaseIterable, Sendable {
    /// Learners find it.
    case published
    /// MIT Learn knows it and hides it.
    case unpublished
    /// Hidden, but its content is taken in.
    case testMode = "test-mode"
    /// It is not among what MIT Learn stores; what it had of it before is hidden.
    case leftOut = "left-out"
    /// It stops the whole load; only without our own validation, in `strict`.
    case breaksLoad = "breaks-load"

    /// The state in words, to stand after a noun.
    public var words: String {
        switch self {
        case .published, .unpublished: rawValue
        case .testMode: "in test mode"
        case .leftOut: "left out"
        case .breaksLoad: "breaking the load"
        }
    }
}
