import Store

/// The two kinds of certificates, and where they stand.
public enum CertificateKind: String, Sendable, CaseIterable {
    /// Of a course run.
    case course
    /// Of a program.
    case program

    /// The table of the certificates.
    var table: String {
        switch self {
        case .course: "courses_courseruncertificate"
        case .program: "courses_programcertificate"
        }
    }

    /// The column that names the run or the program.
    var subject: String {
        switch self {
        case .course: "course_run_id"
        case .program: "program_id"
        }
    }
}
