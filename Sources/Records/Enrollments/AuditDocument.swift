import Bytes

// The documents of audit rows (`spec/openedx.md` §14.3): foreign keys are numbers, instants have milliseconds.
extension JSONValue {
    /// An object with those members.
    static func auditDocument(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONValue.Member(key: $0.0, value: $0.1) })
    }

    static func audited(_ number: Int) -> JSONValue { .number(String(number)) }

    static func audited(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    /// ISO 8601 with milliseconds, cut off, or without a fraction when the microseconds are zero.
    static func audited(_ instant: Timestamp) -> JSONValue {
        let whole = Timestamp(microseconds: instant.wholeSeconds * 1_000_000)
        if whole == instant { return .string(instant.description) }
        let milliseconds = (instant.microseconds - whole.microseconds) / 1000
        let digits = String(1000 + milliseconds).dropFirst()
        return .string(whole.description.dropLast() + "." + digits + "Z")
    }
}
