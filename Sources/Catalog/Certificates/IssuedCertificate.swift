import Bytes

/// A certificate that a learner has (`courses_courseruncertificate`, `courses_programcertificate`; `spec/openedx.md` §11.1).
public struct IssuedCertificate: Sendable {
    /// What it is for.
    public enum Subject: Hashable, Sendable {
        /// A course run, by its id.
        case run(Int)
        /// A program, by its id.
        case program(Int)
    }

    /// Whose it is.
    public struct Holder: Sendable {
        /// Primary key of `users_user`.
        public let id: Int
        /// The name at MITx Online.
        public let username: String
        /// The full name, as the certificate prints it.
        public let name: String
        /// When the learner's row was made.
        public let created: Timestamp
        /// When it last changed.
        public let updated: Timestamp

        /// The row with these values.
        public init(id: Int, username: String, name: String, created: Timestamp, updated: Timestamp) {
            self.id = id
            self.username = username
            self.name = name
            self.created = created
            self.updated = updated
        }
    }

    /// Primary key in its table.
    public let id: Int
    /// What it is for.
    public let subject: Subject
    /// In lower case with dashes.
    public let uuid: String
    /// Whose it is.
    public let holder: Holder
    /// Whether it was taken back.
    public let isRevoked: Bool
    /// Since when it counts.
    public let issued: Timestamp
    /// The revision of the certificate page that it shows; nil when there was no page.
    public let revisionID: Int?
    /// The id of its signed credential; nil when it has none.
    public let credentialID: String?
    /// When that credential's row last changed.
    public let credentialUpdated: Timestamp?

    /// The row with these values.
    public init(
        id: Int, subject: Subject, uuid: String, holder: Holder, isRevoked: Bool, issued: Timestamp, revisionID: Int?,
        credentialID: String?, credentialUpdated: Timestamp?
    ) {
        self.id = id
        self.subject = subject
        self.uuid = uuid
        self.holder = holder
        self.isRevoked = isRevoked
        self.issued = issued
        self.revisionID = revisionID
        self.credentialID = credentialID
        self.credentialUpdated = credentialUpdated
    }

    /// Whether everybody may see it who has its address.
    public func isVisible(at now: Timestamp) -> Bool { !isRevoked && issued <= now }
}

/// A revision of a certificate page, as certificates name it.
public struct CertificateRevision: Sendable {
    /// Primary key of `wagtailcore_revision`.
    public let id: Int
    /// The page that it is a revision of; nil when its id cannot be read.
    public let pageID: Int?
    /// What the page had in it; null when it cannot be read.
    public let content: JSONValue

    /// The row with these values.
    public init(id: Int, pageID: Int?, content: JSONValue) {
        self.id = id
        self.pageID = pageID
        self.content = content
    }
}
