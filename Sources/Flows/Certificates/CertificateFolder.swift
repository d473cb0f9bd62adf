import Bytes
import Catalog
import Command
import HTTP
import Publisher
import Records
import Snapshot
import Store
import Worker

/// The pages and documents of certificates, in a folder that a web server serves beside the site (`spec/openedx.md` §11,
/// `spec/catalog.md` §5.3 and §10.6).
///
///     certificate/<uuid>/index.html                              the page; of a program in certificate/program/
///     api/v2/course_certificates/<uuid>/index.json               the document; of a program in program_certificates/
///     api/v2/verifiable_course_credential/<id>/download/index.json
///     certificate/assets/, certificate/media/                    what pages load
///     .register                                                  from what each was made
///
/// Each run compares all certificates with what was written from them, whatever changed: the learner's name, a page, a template,
/// the clock. No cursor has to be right for a revoked certificate to vanish. Files whose certificate is as it was are neither read
/// nor written; what no certificate stands behind is removed. A process that dies leaves a register that is older than the files:
/// the next one compares those bytes.
public struct CertificateFolder: Sendable {
    /// What a run came to, in files.
    public struct Outcome: Hashable, Sendable {
        /// Files that are new or have other bytes.
        public var written = 0
        /// Pages, documents and credentials that are gone.
        public var removed = 0
        /// Certificates that everybody may see who has their address.
        public var visible = 0
    }

    let settings: CertificateSettings
    let database: any Transactions
    let log: Log
    let time: TimeSource
    private let checkpoint: Checkpoint
    private let sleep: Sleep

    /// How many certificates are read at once.
    static let page = 5000

    /// The folder that the settings name.
    public init(
        _ settings: CertificateSettings, database: any Transactions, log: Log, time: TimeSource,
        checkpoint: @escaping Checkpoint, sleep: @escaping Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.settings = settings
        self.database = database
        self.log = log
        self.time = time
        self.checkpoint = checkpoint
        self.sleep = sleep
    }

    /// Brings the folder up to date at the end of a job's run; without settings, and in a dry run, nothing.
    ///
    /// - Throws: ``Failure`` when it cannot be: the certificates themselves stand.
    public static func publish(_ settings: CertificateSettings?, in context: JobContext) async throws {
        guard let settings else { return }
        if context.isDryRun { return context.rehearse("would bring the folder of the certificates up to date") }
        let folder = CertificateFolder(
            settings, database: context, log: context.log, time: context.time, checkpoint: { try context.pass($0) })
        try await folder.publish()
    }

    /// Brings the whole folder up to date.
    ///
    /// - Throws: ``Failure`` for a folder, templates or a catalog that cannot be used; ``StoreError``.
    @discardableResult public func publish() async throws -> Outcome {
        var publication = try await begin()
        for kind in CertificateKind.allCases {
            try publication.list(kind)
            var last = 0
            while true {
                let (after, now) = (last, publication.now)
                let certificates = try await database.read { session in
                    try session.visibleCertificates(kind, after: after, limit: Self.page, at: now)
                }
                try await bring(certificates, kind, isForced: false, &publication)
                guard certificates.count == Self.page, let end = certificates.last?.id else { break }
                last = end
            }
            try publication.removeStrays(kind)
        }
        return try end(&publication)
    }

    /// Writes the files of chosen certificates again, or removes them where nobody may see them.
    ///
    /// - Throws: as ``publish()``.
    @discardableResult public func publish(only certificates: [UniqueID], ofLearner learner: Int?) async throws
        -> Outcome
    {
        var publication = try await begin()
        for kind in CertificateKind.allCases {
            let found = try await database.read { session in
                try session.certificates(kind, of: certificates)
                    + (learner.map { try session.certificates(kind, ofLearner: $0) } ?? [])
            }
            let now = publication.now
            try await bring(found.filter { $0.isVisible(at: now) }, kind, isForced: true, &publication)
            for certificate in found where !certificate.isVisible(at: now) {
                try publication.remove(certificate.uuid, kind, credential: certificate.credentialID)
            }
            for uuid in certificates where !found.contains(where: { $0.uuid == uuid.description }) {
                try publication.remove(uuid.description, kind, credential: nil)
            }
        }
        return try end(&publication)
    }

    // MARK: Steps

    private func begin() async throws -> CertificatePublication {
        let templates = try settings.templates.read()
        let folder = try await locked()
        let data = try await database.read { session in try CatalogReader.read(&session) }
        let catalog: CourseCatalog
        do throws(CatalogError) {
            catalog = try CourseCatalog(data)
        } catch {
            throw Failure(.data, "certificates were not written: \(error)")
        }
        let now = time.now()
        let renderer = CertificateRenderer(
            catalog, signatories: data.signatories, at: now, settings: settings.render, templates: templates,
            ownsMedia: settings.media != nil)
        var publication = CertificatePublication(
            folder: folder, path: settings.folder, renderer: renderer, now: now, log: log, checkpoint: checkpoint)
        try publication.open(media: settings.media)
        return publication
    }

    /// The folder, after another process has finished with it.
    private func locked() async throws -> LiveFolder {
        let end = time.steady() + .seconds(60)
        while true {
            let folder: LiveFolder?
            do throws(PublishError) {
                folder = try LiveFolder.open(at: settings.folder)
            } catch {
                throw Failure(error.status, "\(settings.folder): \(error)")
            }
            if let folder { return folder }
            guard time.steady() < end else {
                throw Failure(
                    .temporary,
                    "\(settings.folder): another process has been writing there for a minute; the next run goes on")
            }
            try await sleep(.milliseconds(100))
        }
    }

    /// Writes what changed of `certificates`, all of them visible.
    private func bring(
        _ certificates: [IssuedCertificate], _ kind: CertificateKind, isForced: Bool,
        _ publication: inout CertificatePublication
    ) async throws {
        let unknown = publication.unknownRevisions(of: certificates)
        if !unknown.isEmpty {
            publication.know(try await database.read { session in try session.certificateRevisions(unknown) })
        }
        let changed = try publication.changed(among: certificates, kind, isForced: isForced)
        // A page of changes holds no more credentials in memory than it needs.
        for start in stride(from: 0, to: changed.count, by: 500) {
            let part = changed[start..<min(start + 500, changed.count)]
            let ids = part.compactMap(\.certificate.credentialID)
            let credentials =
                ids.isEmpty ? [:] : try await database.read { session in try session.credentials(ids) }
            for change in part { try publication.write(change, kind, credentials) }
        }
    }

    private func end(_ publication: inout CertificatePublication) throws -> Outcome {
        let outcome = try publication.end()
        log.info(
            "certificates_published",
            [
                "visible": .int(outcome.visible), "written": .int(outcome.written), "removed": .int(outcome.removed),
            ])
        return outcome
    }
}
