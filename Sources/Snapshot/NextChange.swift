import Bytes
import Catalog

extension CourseCatalog {
    /// The first instant after `now` at which the clock alone changes a document, nil when there is none
    /// (`spec/catalog.md` §11.2).
    func nextChange(after now: Timestamp) -> Timestamp? {
        courses.lazy.flatMap(\.runs).filter(\.live).flatMap { run in
            // A run counts as ended only after its last instant.
            [
                run.enrollmentStart, run.enrollmentEnd, run.upgradeDeadline, run.start,
                run.end.map { Timestamp(microseconds: $0.microseconds + 1) },
            ].compactMap(\.self)
        }
        .filter { $0 > now }
        .min()
    }
}
