/// How much an event matters.
public enum LogLevel: String, CaseIterable, Comparable, Sendable {
    case debug, info, warning, error

    /// Less important than.
    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    /// A level in any letter case; Python's `CRITICAL`, which MITx Online's settings allow, is an error.
    static let type = ValueType<LogLevel>(placeholder: "LEVEL", range: "debug, info, warning or error") {
        text throws(InvalidValue) in
        let word = text.lowercased()
        if word == "critical" { return .error }
        return try ValueType<LogLevel>.choice.parse(word)
    }
}

/// How events are written.
public enum LogFormat: String, CaseIterable, Sendable {
    /// One JSON object a line, for journald and whatever reads it.
    case json
    /// Sentences for a person.
    case text
}
