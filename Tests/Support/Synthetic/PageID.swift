/// The ids of pages: one row of numbers for each kind, far enough apart for a million of each.
enum PageID {
    static let root = 1
    /// The sections follow, 4 to 10.
    static let home = 3

    static func coursePage(_ course: Int) -> Int { 1_000_000 + course }
    static func programPage(_ program: Int) -> Int { 2_000_000 + program }
    static func instructor(_ number: Int) -> Int { 3_000_000 + number }
    static func signatory(_ number: Int) -> Int { 4_000_000 + number }
    static func collection(_ number: Int) -> Int { 5_000_000 + number }
    static func organization(_ number: Int) -> Int { 6_000_000 + number }
    static func contract(_ number: Int) -> Int { 7_000_000 + number }
    /// The certificate page below a course's or a program's page.
    static func certificate(below page: Int) -> Int { page + 10_000_000 }
    /// The financial assistance form below a course's or a program's page.
    static func form(below page: Int) -> Int { page + 20_000_000 }
}
