import Catalog

/// For whom a course document is written, which decides what it may show.
enum Audience {
    /// Everybody (`spec/catalog.md` §6.2).
    case everyone
    /// MIT Learn's ETL, behind a key (§6.4).
    case etl
    /// The `course_details` of a pages document as the existing application gives them; only in `strict` (§6.8).
    case strictPage

    /// Whether a course document names `program`.
    func shows(_ program: Program) -> Bool {
        switch self {
        case .everyone: program.isShown && !program.b2bOnly
        case .etl: program.isShown
        case .strictPage: !program.b2bOnly
        }
    }

    /// Whether a course document lists `variant`.
    func shows(_ variant: VariantSet) -> Bool {
        switch self {
        case .everyone: variant.active && (!variant.b2bOnly || variant.isDefault)
        case .etl, .strictPage: true
        }
    }

    /// Whether an open run of this kind makes the course `dated`.
    func countsForAvailability(_ run: CourseRun, strict: Bool) -> Bool {
        switch self {
        case .etl: true
        case .everyone, .strictPage: !run.isSource && (strict || !run.isB2B)
        }
    }

    /// Whether source runs may be the next run [D2].
    func letsSourceRunsBeNext(strict: Bool) -> Bool {
        switch self {
        case .everyone: false
        case .etl, .strictPage: strict
        }
    }
}
