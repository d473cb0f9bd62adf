extension Timestamp {
    /// The day in UTC.
    public var date: CivilDate {
        CivilDate(daysSinceEpoch: Int(microseconds.flooredDivision(by: 86_400_000_000).quotient))
    }
}

extension ByteBuffer {
    /// Appends `date` as `2026-11-23`, or with an empty `separator` as `20261123`.
    public mutating func append(_ date: CivilDate, separator: StaticString = "-") {
        append(Int64(date.year), width: 4)
        append(separator)
        append(Int64(date.month), width: 2)
        append(separator)
        append(Int64(date.day), width: 2)
    }
}
