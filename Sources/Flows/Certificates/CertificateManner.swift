import Records

/// How much is asked before a certificate is issued.
public enum CertificateManner: Hashable, Sendable {
    /// As a timer does it: when the run issues certificates, to learners who passed in a verified enrollment.
    case scheduled
    /// As when Open edX says that a learner passes now: whatever the run's date (`spec/openedx.md` §8.1, §12.3).
    case forced
    /// As an operator wants it: with that grade in place of Open edX's, to whoever has it (`spec/openedx.md` §8.4).
    case overridden(Grade)

    var override: Grade? {
        if case .overridden(let grade) = self { grade } else { nil }
    }
}
