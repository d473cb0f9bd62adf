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

    /// The same with the month's name cut short where that is longer than five letters: `Sept. 3, 2026` (`spec/openedx.md` §11.3).
    static func shortDay(of instant: Timestamp) -> String {
        let date = CivilDate(of: instant)
        let month = months[date.month - 1]
        // September alone keeps four letters.
        let short = month.utf8.count <= 5 ? month : "\(month.prefix(date.month == 9 ? 4 : 3))."
        return "\(short) \(date.day), \(date.year)"
    }
}
