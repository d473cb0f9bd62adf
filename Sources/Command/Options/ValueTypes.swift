import Bytes

extension ValueType where Value == String {
    /// Any text.
    public static let text = ValueType(placeholder: "TEXT") { text throws(InvalidValue) in text }

    /// A path of the file system, not empty.
    public static let path = ValueType(placeholder: "PATH") { text throws(InvalidValue) in
        if text.isEmpty { throw InvalidValue("is not a path") }
        return text
    }
}

extension ValueType where Value == Int {
    /// A whole number within `range`, in decimal digits.
    public static func integer(_ range: ClosedRange<Int>) -> ValueType {
        let words =
            switch (range.lowerBound, range.upperBound) {
            case (.min, .max): ""
            case (let lower, .max): "at least \(lower)"
            case (.min, let upper): "at most \(upper)"
            case (let lower, let upper): "between \(lower) and \(upper)"
            }
        return ValueType(placeholder: "N", range: words) { text throws(InvalidValue) in
            guard let number = Int(text) else { throw InvalidValue("is not a whole number") }
            guard range.contains(number) else { throw InvalidValue("is not \(words)") }
            return number
        }
    }
}

extension ValueType where Value == Bool {
    /// `true`, `yes`, `1`, `on` or `false`, `no`, `0`, `off`, in any letter case.
    public static let boolean = ValueType(placeholder: "BOOL", range: "true or false") { text throws(InvalidValue) in
        switch text.lowercased() {
        case "true", "yes", "1", "on": return true
        case "false", "no", "0", "off": return false
        default: throw InvalidValue("is neither true nor false")
        }
    }
}

extension ValueType where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the words of an enumeration.
    public static var choice: ValueType {
        let words = Value.allCases.map(\.rawValue)
        let list =
            words.count < 2
            ? words.joined() : words.dropLast().joined(separator: ", ") + " or \(words[words.count - 1])"
        return ValueType(placeholder: "WORD", range: list) { text throws(InvalidValue) in
            guard let value = Value(rawValue: text) else {
                let near = NearMiss.nearest(to: text, among: words).map { "; did you mean \($0)?" } ?? ""
                throw InvalidValue("is not \(list)\(near)")
            }
            return value
        }
    }
}

extension ValueType where Value == Duration {
    /// A whole number with a unit: `500ms`, `30s`, `10m`, `6h`, `2d`; without a unit seconds.
    public static let duration = ValueType(placeholder: "TIME", range: "such as 30s, 10m, 6h or 2d") {
        text throws(InvalidValue) in
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit: Int64? =
            switch text[digits.endIndex...] {
            case "ms": 1
            case "s", "": 1000
            case "m": 60_000
            case "h": 3_600_000
            case "d": 86_400_000
            default: nil
            }
        guard let unit, let number = Int64(digits), number <= Int64.max / unit else {
            throw InvalidValue("is not a time such as 30s, 10m, 6h or 2d")
        }
        return .milliseconds(number * unit)
    }
}

extension ValueType where Value == Timestamp {
    /// An instant such as `2026-11-23T20:45:00Z`; without a zone UTC.
    public static let instant = ValueType(placeholder: "INSTANT", range: "such as 2026-11-23T20:45:00Z") {
        text throws(InvalidValue) in
        guard let instant = Timestamp(text) else {
            throw InvalidValue("is not an instant such as 2026-11-23T20:45:00Z")
        }
        return instant
    }
}

extension ValueType where Value == WebURL {
    /// The absolute `http` or `https` address of a site or service.
    public static let url = ValueType(placeholder: "URL") { text throws(InvalidValue) in
        guard let url = WebURL(text) else {
            throw InvalidValue("is not an http or https URL of scheme, host and path alone")
        }
        return url
    }
}

extension ValueType where Value == Secret {
    /// A secret, not empty.
    public static let secret = ValueType(placeholder: "SECRET") { text throws(InvalidValue) in
        if text.isEmpty { throw InvalidValue("is empty") }
        return Secret(text)
    }
}
