import Command

/// The hours or the days of a week at which a timer fires, in the words of a `CRON_…` setting of MITx Online
/// (`spec/openedx.md` §15): `*`, `*/6`, `4`, `1,13`, `8-17`, `22-2`, `8-17/3`; days also by name, `mon-fri`.
public struct CronField: Hashable, Sendable {
    /// What the numbers mean.
    public enum Unit: Hashable, Sendable {
        /// The hours of a day, from 0.
        case hour
        /// The days of a week, from 0 for Sunday.
        case day

        var count: Int { self == .hour ? 24 : 7 }
    }

    enum Part: Hashable, Sendable {
        /// Every so many from the first on, all of them for 1.
        case every(Int)
        /// From one number up to another, which may lie in the next day or week.
        case range(first: Int, last: Int)
        /// Single numbers, in their order.
        case numbers([Int])
    }

    /// What the numbers mean.
    public let unit: Unit
    let parts: [Part]

    /// The field that the text describes.
    public init(_ text: String, of unit: Unit) throws(InvalidValue) {
        self.unit = unit
        var parts: [Part] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            parts.append(try Self.part(piece.drop { $0 == " " }, of: unit))
        }
        self.parts = parts
    }

    /// All of them.
    public static func all(of unit: Unit) -> CronField { CronField(unit: unit, parts: [.every(1)]) }

    private init(unit: Unit, parts: [Part]) {
        self.unit = unit
        self.parts = parts
    }

    /// The numbers, each once, in ascending order.
    var numbers: [Int] {
        Set(parts.flatMap(numbers(of:))).sorted()
    }

    func numbers(of part: Part) -> [Int] {
        switch part {
        case .every(let step): Array(stride(from: 0, to: unit.count, by: step))
        case .range(let first, let last): Self.numbers(first, last, of: unit)
        case .numbers(let numbers): numbers
        }
    }

    private static func numbers(_ first: Int, _ last: Int, of unit: Unit) -> [Int] {
        first <= last ? Array(first...last) : Array(first..<unit.count) + Array(0...last)
    }

    private static func part(_ text: Substring, of unit: Unit) throws(InvalidValue) -> Part {
        let pieces = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let step = try pieces.count > 1 ? stepWidth(pieces[1], of: unit) : nil
        if pieces[0] == "*" { return .every(step ?? 1) }
        let ends = pieces[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try number(ends[0], of: unit)
        guard ends.count > 1 else {
            guard step == nil else { throw nonsense(unit) }
            return .numbers([first])
        }
        let last = try number(ends[1], of: unit)
        guard let step else { return first == last ? .numbers([first]) : .range(first: first, last: last) }
        let all = numbers(first, last, of: unit)
        return .numbers(stride(from: 0, to: all.count, by: step).map { all[$0] })
    }

    private static func stepWidth(_ text: Substring, of unit: Unit) throws(InvalidValue) -> Int {
        guard let step = digits(text), step >= 1 else { throw nonsense(unit) }
        return step
    }

    private static func number(_ text: Substring, of unit: Unit) throws(InvalidValue) -> Int {
        if unit == .day, text.utf8.count >= 3,
            let day = dayNames.firstIndex(where: { $0.hasPrefix(text.lowercased()) })
        {
            return day
        }
        guard let number = digits(text), number < unit.count else { throw nonsense(unit) }
        return number
    }

    private static func digits(_ text: Substring) -> Int? {
        guard text.utf8.count <= 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func nonsense(_ unit: Unit) -> InvalidValue {
        switch unit {
        case .hour: InvalidValue("is not a list of hours from 0 to 23 such as *, */6, 4, 1,13 or 22-2")
        case .day: InvalidValue("is not a list of days from 0 for Sunday to 6 such as *, 1-5, sat,sun or 5-1")
        }
    }

    private static let dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
}

extension ValueType<CronField> {
    /// Hours of a day.
    public static let cronHours = ValueType(placeholder: "HOURS") { text throws(InvalidValue) in
        try CronField(text, of: .hour)
    }

    /// Days of a week.
    public static let cronDays = ValueType(placeholder: "DAYS") { text throws(InvalidValue) in
        try CronField(text, of: .day)
    }
}
