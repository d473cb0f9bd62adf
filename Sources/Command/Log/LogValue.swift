import Bytes

/// The value of a field of a log line. It is made of these types alone, so that what must not be logged has no way in.
public enum LogValue: Hashable, Sendable {
    case string(String)
    case int(Int)
    case bool(Bool)
    case decimal(Decimal64)
    case timestamp(Timestamp)
    /// Always written as `[redacted]`.
    case secret(Secret)
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text of the program itself.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A number of the program itself.
    public init(integerLiteral value: Int) { self = .int(value) }

    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension LogValue {
    /// The value as a person reads it.
    var text: String {
        switch self {
        case .string(let text): text.printable.inQuotesIfNeeded
        case .int(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        case .decimal(let number): number.description
        case .timestamp(let instant): instant.description
        case .secret: Secret.redaction
        }
    }
}

extension JSONObjectWriter {
    mutating func member(_ name: StaticString, _ value: LogValue) {
        switch value {
        case .string(let text): member(name, text)
        case .int(let number): member(name, number)
        case .bool(let flag): member(name, flag)
        case .decimal(let number): memberNumber(name, number)
        case .timestamp(let instant): member(name, instant)
        case .secret: member(name, Secret.redaction)
        }
    }
}

extension String {
    fileprivate var inQuotesIfNeeded: String {
        isEmpty || contains(" ") || contains("\"") ? "\"\(self)\"" : self
    }
}
