/// Something about the catalog that somebody should look at, for the people who can mend it.
public struct Finding: Hashable, Sendable {
    /// How bad it is.
    public enum Severity: String, CaseIterable, Comparable, Sendable {
        /// It keeps off MIT Learn what is meant to be there, or would break the load.
        case error
        /// It looks wrong to learners, or will.
        case warning
        /// It could be better, or is meant to be so.
        case note

        /// The worse first.
        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .note: 2
            }
        }
    }

    /// What the row that it is about belongs to.
    public enum Subject: Hashable, Sendable {
        /// The course with that primary key.
        case course(Int)
        /// The program with that primary key.
        case program(Int)
        /// Neither: a department, a page of plain text.
        case other
    }

    /// How bad it is.
    public let severity: Severity
    /// What kind of finding: a stable word such as `description-missing`.
    public let code: String
    /// The table of the row.
    public let table: String
    /// The row's primary key, as text.
    public let id: String
    /// What people call the row's object.
    public let title: String
    /// The course or program that it is part of.
    public let subject: Subject
    /// What is wrong; a sentence whose subject is the object, without full stop.
    public let text: String
    /// What to edit; a clause without full stop, empty when there is nothing to say.
    public let advice: String

    /// What is wrong and what to do, in one sentence.
    public var sentence: String { advice.isEmpty ? "\(text)." : "\(text): \(advice)." }

    /// The finding on one row.
    public init(
        _ severity: Severity, _ code: String, table: String, id: String, title: String, subject: Subject, text: String,
        advice: String
    ) {
        self.severity = severity
        self.code = code
        self.table = table
        self.id = id
        self.title = title
        self.subject = subject
        self.text = text
        self.advice = advice
    }
}

extension Warning {
    /// The two halves of the text: what is wrong, and what to do, between them a semicolon.
    var halves: (text: String, advice: String) {
        let whole = text.hasSuffix(".") ? text.dropLast() : text[...]
        guard let end = whole.utf8.lastIndex(of: UInt8(ascii: ";")) else { return (String(whole), "") }
        let advice = whole[whole.utf8.index(after: end)...].drop { $0 == " " }
        return (String(whole[..<end]), String(advice))
    }
}
