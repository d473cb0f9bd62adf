import Bytes
import Catalog
import Command
import Markup
import Publisher
import Records
import Snapshot
import Worker

/// One run of a ``CertificateFolder``: what is compared with what, and what came of it.
struct CertificatePublication {
    /// A certificate whose files are to be written.
    struct Change: Sendable {
        let certificate: IssuedCertificate
        let form: CertificateForm
        let digest: Digest
    }

    let now: Timestamp
    private let folder: LiveFolder
    private let path: String
    private var renderer: CertificateRenderer
    private let log: Log
    private let checkpoint: Checkpoint
    private var register = CertificateRegister()
    private var revisions: [Int: CertificateRevision] = [:]
    private var forms: [FormKey: CertificateForm] = [:]
    private var mediaStorage: MediaFolder?
    private var media: Set<String> = []
    private var held = HeldNames()
    private var expected = HeldNames()
    private var outcome = CertificateFolder.Outcome()

    private struct FormKey: Hashable {
        let subject: IssuedCertificate.Subject
        let revision: Int?
    }

    /// The names in the folders of one kind of certificates.
    private struct HeldNames {
        var pages: Set<String> = []
        var documents: Set<String> = []
        var credentials: Set<String> = []
    }

    init(
        folder: LiveFolder, path: String, renderer: CertificateRenderer, now: Timestamp, log: Log,
        checkpoint: @escaping Checkpoint
    ) {
        self.folder = folder
        self.path = path
        self.renderer = renderer
        self.now = now
        self.log = log
        self.checkpoint = checkpoint
    }

    // MARK: Beginning and end

    /// Reads the register, and writes what pages load.
    mutating func open(media storage: String?) throws {
        if let bytes = try saying({ () throws(PublishError) in try folder.contents(of: CertificateRegister.name) }) {
            register = CertificateRegister(parsing: bytes)
        }
        if let storage {
            mediaStorage = try saying { () throws(PublishError) in try MediaFolder(storage) }
        }
        for asset in renderer.assets { try replace("\(CertificateRenderer.assetFolder)/\(asset.path)", asset.bytes) }
    }

    mutating func end() throws -> CertificateFolder.Outcome {
        try checkpoint(CertificatePoints.compared)
        if register.hasChanged || outcome.written > 0 || outcome.removed > 0 {
            // The register must not be on disk before what it speaks of.
            try saying { () throws(PublishError) in try folder.synchronize() }
            let bytes = register.bytes
            _ = try saying { () throws(PublishError) in
                try folder.replace(CertificateRegister.name, with: bytes, isPrivate: true)
            }
        }
        return outcome
    }

    /// Looks at which names the folder holds for the kind.
    mutating func list(_ kind: CertificateKind) throws {
        let roots = kind.roots
        expected = HeldNames()
        held = HeldNames(
            pages: Set(try names(in: roots.pages)).subtracting(["program", "assets", "media"]),
            documents: Set(try names(in: roots.documents)), credentials: Set(try names(in: roots.credentials)))
    }

    private func names(in folder: String) throws -> [String] {
        try saying { () throws(PublishError) in try self.folder.names(in: folder) }
    }

    // MARK: Comparison

    func unknownRevisions(of certificates: [IssuedCertificate]) -> Set<Int> {
        Set(certificates.compactMap(\.revisionID)).subtracting(revisions.keys)
    }

    mutating func know(_ found: [Int: CertificateRevision]) {
        revisions.merge(found) { known, _ in known }
    }

    /// Those whose files are missing or were made from something else.
    mutating func changed(
        among certificates: [IssuedCertificate], _ kind: CertificateKind, isForced: Bool
    ) throws -> [Change] {
        outcome.visible += certificates.count
        var changes: [Change] = []
        for certificate in certificates {
            let form = try form(of: certificate)
            let uuid = certificate.uuid
            if form.hasPage { expected.pages.insert(uuid) }
            expected.documents.insert(uuid)
            if let id = certificate.credentialID { expected.credentials.insert(id) }
            let digest = Self.digest(of: certificate, form)
            let isThere =
                !isForced && register[kind, uuid] == digest && held.documents.contains(uuid)
                && form.hasPage == held.pages.contains(uuid)
                && certificate.credentialID.map(held.credentials.contains) != false
            if !isThere { changes.append(Change(certificate: certificate, form: form, digest: digest)) }
        }
        return changes
    }

    private mutating func form(of certificate: IssuedCertificate) throws -> CertificateForm {
        let key = FormKey(subject: certificate.subject, revision: certificate.revisionID)
        if let known = forms[key] { return known }
        let revision = certificate.revisionID.flatMap { revisions[$0] }
        let form: CertificateForm
        do throws(TemplateError) {
            form = try renderer.form(of: certificate.subject, revision)
        } catch {
            throw Failure(.configuration, error.oneLine)
        }
        forms[key] = form
        tell(form, certificate)
        try takeOver(form.signatureFiles)
        return form
    }

    /// One line for each form that cannot be shown as it was meant.
    private func tell(_ form: CertificateForm, _ certificate: IssuedCertificate) {
        let subject: (name: StaticString, id: Int) =
            switch certificate.subject {
            case .run(let id): ("run", id)
            case .program(let id): ("program", id)
            }
        var fields: LogFields = [:]
        fields.append(subject.name, .int(subject.id))
        if let revision = form.revisionID { fields.append("revision", .int(revision)) }
        if form.isUnreadable { log.warning("certificate_revision_unreadable", fields) }
        if let obstacle = form.obstacle {
            fields.append("problem", .string(obstacle.rawValue))
            log.warning("certificate_page_missing", fields)
        } else if form.hasNobodySigning {
            log.warning("certificate_without_signatory", fields)
        }
    }

    /// Copies signatures of the media storage that are not there yet.
    private mutating func takeOver(_ files: [String]) throws {
        guard let mediaStorage else { return }
        for file in files where media.insert(file).inserted {
            guard let found = mediaStorage.file(file, at: file, knownFrom: nil) else {
                log.warning("signature_missing", ["file": .string(file)])
                continue
            }
            try replace("\(CertificateRenderer.mediaFolder)/\(file)", found.bytes(at: 0, count: found.size))
        }
    }

    private static func digest(of certificate: IssuedCertificate, _ form: CertificateForm) -> Digest {
        let holder = certificate.holder
        var buffer = ByteBuffer()
        buffer.append(form.digest)
        buffer.append(holder.id)
        // Texts with their quotes, so that no two rows can read alike.
        for text in [holder.username, holder.name, certificate.uuid, certificate.credentialID ?? ""] {
            buffer.appendJSON(text)
        }
        for instant in [holder.created, holder.updated, certificate.issued, certificate.credentialUpdated] {
            buffer.append("," as StaticString)
            if let instant { buffer.append(instant) }
        }
        return SHA256.hash(buffer.bytes)
    }

    // MARK: Writing

    mutating func write(_ change: Change, _ kind: CertificateKind, _ credentials: [String: JSONValue]) throws {
        let (certificate, form) = (change.certificate, change.form)
        let (uuid, isProgram) = (certificate.uuid, kind == .program)
        let credential = certificate.credentialID.flatMap { credentials[$0] }
        if let id = certificate.credentialID, let credential {
            let path = CertificatePath.credential(id, isProgram: isProgram)
            try replace("\(path)/index.json", renderer.download(of: credential))
        }
        let page: [UInt8]?
        do throws(TemplateError) {
            page = try renderer.page(of: certificate, form, credential: credential)
        } catch {
            throw Failure(.configuration, error.oneLine)
        }
        let pagePath = CertificatePath.page(uuid, isProgram: isProgram)
        if let page {
            try replace("\(pagePath)/index.html", page)
        } else {
            try remove(pagePath)
        }
        let document = renderer.document(of: certificate, form, credential: credential)
        try replace("\(CertificatePath.document(uuid, isProgram: isProgram))/index.json", document)
        register[kind, uuid] = change.digest
    }

    /// Removes what the kind has in the folder that no certificate stands behind.
    mutating func removeStrays(_ kind: CertificateKind) throws {
        let roots = kind.roots
        for name in held.pages.subtracting(expected.pages).sorted() { try remove("\(roots.pages)/\(name)") }
        for name in held.documents.subtracting(expected.documents).sorted() { try remove("\(roots.documents)/\(name)") }
        for name in held.credentials.subtracting(expected.credentials).sorted() {
            try remove("\(roots.credentials)/\(name)")
        }
        for uuid in register.uuids(kind) where !expected.documents.contains(uuid) { register[kind, uuid] = nil }
    }

    /// Removes all that a certificate has.
    mutating func remove(_ uuid: String, _ kind: CertificateKind, credential: String?) throws {
        let isProgram = kind == .program
        try remove(CertificatePath.page(uuid, isProgram: isProgram))
        try remove(CertificatePath.document(uuid, isProgram: isProgram))
        if let credential { try remove("\(kind.roots.credentials)/\(credential)") }
        register[kind, uuid] = nil
    }

    private mutating func replace(_ file: String, _ bytes: [UInt8]) throws {
        let isNew = try saying { () throws(PublishError) in try folder.replace(file, with: bytes) }
        guard isNew else { return }
        outcome.written += 1
        try checkpoint(CertificatePoints.written)
    }

    private mutating func remove(_ file: String) throws {
        guard try saying({ () throws(PublishError) in try folder.remove(file) }) else { return }
        outcome.removed += 1
        try checkpoint(CertificatePoints.removed)
    }

    private func saying<T>(_ body: () throws(PublishError) -> T) throws(Failure) -> T {
        do throws(PublishError) {
            return try body()
        } catch {
            throw Failure(error.status, "\(path): \(error)")
        }
    }
}

extension CertificateKind {
    /// The folders of the kind.
    fileprivate var roots: (pages: String, documents: String, credentials: String) {
        switch self {
        case .course: ("certificate", "api/v2/course_certificates", "api/v2/verifiable_course_credential")
        case .program: ("certificate/program", "api/v2/program_certificates", "api/v2/verifiable_program_credential")
        }
    }
}
