import Records

/// What came of one learner's grade in a run.
public struct CertificateOutcome: Hashable, Sendable {
    /// How it ended.
    public enum Ending: Hashable, Sendable {
        /// The certificate was issued.
        case created
        /// There is one already.
        case exists
        /// There is one that was revoked.
        case staysRevoked
        /// The grade is zero: the certificate was deleted.
        case deleted
        /// The grade is zero: the certificate will be deleted if it stays so.
        case doubted
        /// The learner did not pass, or has no verified enrollment.
        case notEligible
        /// The run issues no certificates yet.
        case notYet
    }

    /// The learner.
    public let user: Int
    /// How it ended.
    public let ending: Ending

    init(user: Int, ending: Ending) {
        self.user = user
        self.ending = ending
    }

    init(_ row: GradeRow, _ decision: CertificateDecision, _ certificate: CertificateRow?) {
        user = row.userID
        ending =
            switch decision {
            case .create: .created
            case .staysRevoked: .staysRevoked
            case .doubt: .doubted
            case .delete: .deleted
            case .none: certificate == nil || row.grade.isZero ? .notEligible : .exists
            }
    }
}
