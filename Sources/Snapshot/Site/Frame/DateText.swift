import Bytes

/// Dates as people read them (`spec/catalog.md` §10).
enum DateText {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// The day of `instant` in UTC: `January 5, 2026`.
    static func day(of instant: Timestamp) -> String {
        let date = CivilDate(of: instant)
        return "\(months[date.month - 1]) \(date.day), \(date.year)"
    }
}
