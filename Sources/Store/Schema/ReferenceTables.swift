/// The tables of MITx Online in the notation that ``Schema/init(parsing:)`` reads.
enum ReferenceTables {
    static let all = [courses, learning, commerce, pages, wagtail, media, accounts, services].joined(separator: "\n")
}
