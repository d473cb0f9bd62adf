import Bytes
import Command
import Records
import Store
import Worker

/// What a certificate is of.
struct CertificateSubject: Sendable {
    let kind: CertificateKind
    /// The run or the program.
    let id: Int
    /// The course or the program, which has the page of the certificate.
    let product: Int
}

/// A learner's certificate that is to be revoked, or not any more (`spec/openedx.md` §8.5).
struct Revocation: Sendable {
    /// What came of it.
    struct Change: Sendable {
        let kind: CertificateKind
        let id: Int
        let uuid: UniqueID
        let isChange: Bool

        /// `course certificate 12`.
        var name: String { "\(kind.rawValue) certificate \(id)" }
    }

    private let subject: CertificateSubject
    private let user: Int

    init(of subject: CertificateSubject, user: Int) {
        self.subject = subject
        self.user = user
    }

    /// Sets it, and marks the certificate for HubSpot; twice is as good as once.
    ///
    /// - Throws: ``Failure`` `data` when the learner has no such certificate.
    func set(_ isRevoked: Bool, at now: Timestamp, in session: inout Session) throws -> Change {
        let kind = subject.kind
        guard let row = try CertificateRow.locked(kind, of: subject.id, users: [user], in: &session)[user] else {
            throw Failure(.data, "learner \(user) has no certificate of that \(kind == .course ? "run" : "program")")
        }
        let revision = try session.certificateRevisions(kind, of: [subject.product])[subject.product]
        let isChange = try row.setRevoked(isRevoked, revision: revision, at: now, in: &session)
        if isChange {
            try Dirty.mark(kind == .course ? .courseCertificate : .programCertificate, [row.id], at: now, in: &session)
        }
        return Change(kind: kind, id: row.id, uuid: row.uuid, isChange: isChange)
    }
}
