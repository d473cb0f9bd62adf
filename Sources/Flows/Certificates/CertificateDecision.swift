import Bytes
import Records

/// What a grade means for the certificate of its learner (`spec/openedx.md` §8.3).
public enum CertificateDecision: Hashable, Sendable {
    /// It stays as it is: there, or not there.
    case none
    /// It is issued.
    case create
    /// It was earned, and revoked: it stays so.
    case staysRevoked
    /// The grade is zero, and that may be a mistake of Open edX: it is deleted when the same is seen again later.
    case doubt
    /// It is deleted.
    case delete

    /// How long a zero must last: one wrong answer of Open edX would break every link that the learner has shared.
    static let doubtLasts = Duration.seconds(3600)

    /// The decision; the first rule that fits counts.
    ///
    /// - Parameters:
    ///   - grade: the grade as it is stored.
    ///   - isSetByAdmin: whether an operator set it, who does not mean a zero by mistake.
    ///   - zeroSince: when the zero was first seen; nil when that is now.
    ///   - certificate: what the learner has, revoked or not.
    ///   - isEligible: whether the learner passed in an active, verified enrollment, or an operator wants the certificate.
    public init(
        grade: Grade, isSetByAdmin: Bool, zeroSince: Timestamp?, certificate: CertificateRow?, isEligible: Bool,
        at now: Timestamp
    ) {
        guard !grade.isZero else {
            guard let certificate, certificate.isActive(at: now) else {
                self = .none
                return
            }
            let isSure = isSetByAdmin || zeroSince.map { $0 + Self.doubtLasts <= now } ?? false
            self = isSure ? .delete : .doubt
            return
        }
        switch certificate {
        case let certificate? where isEligible && certificate.isRevoked: self = .staysRevoked
        case .some: self = .none
        case nil: self = isEligible ? .create : .none
        }
    }
}
