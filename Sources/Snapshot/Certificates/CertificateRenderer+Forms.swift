import Bytes
import Catalog
import Markup

extension CertificateRenderer {
    /// What the certificates of `subject` show with a revision of a page, or with the live certificate page when they have none.
    ///
    /// - Throws: `TemplateError` when templates include each other without end.
    public mutating func form(
        of subject: IssuedCertificate.Subject, _ revision: CertificateRevision?
    ) throws(TemplateError) -> CertificateForm {
        let facts = facts(of: subject)
        let row = revision.flatMap { $0.pageID }.flatMap { pages[$0] }
        let inRevision = revision.flatMap { revision in
            row.flatMap { CertificatePage($0, in: revision.content, signatories: signatories) }
        }
        let shown = revision == nil ? facts.page?.certificatePage : inRevision ?? row
        var obstacle: CertificateForm.Obstacle?
        if facts.subjectJSON == nil {
            obstacle = .unknownSubject
        } else if let shown {
            let product = shown.page.parentPath.flatMap { products[ByteKey($0)] }
            if product == nil || product?.page.id != facts.page?.page.id { obstacle = .foreignPage }
        } else {
            obstacle = .noPage
        }
        var form = CertificateForm(
            printed: obstacle == nil ? shown : nil, obstacle: obstacle,
            isUnreadable: revision != nil && inRevision == nil, revisionID: revision?.id, product: facts.title,
            programType: facts.programType, isProgram: facts.isProgram,
            ceus: shown?.overriddenCEUs(for: facts.readableID),
            // Without a revision the existing application fails, although there may be a live page to print.
            pageJSON: json(of: revision == nil ? nil : shown), subjectJSON: facts.subjectJSON ?? Array("null".utf8))
        form.digest = try digest(of: form, subject)
        return form
    }

    /// What is to be told of a run or program.
    private struct Facts {
        var title = ""
        var readableID = ""
        var programType: String?
        var isProgram = false
        var page: ProductPage?
        var subjectJSON: [UInt8]?
    }

    private mutating func facts(of subject: IssuedCertificate.Subject) -> Facts {
        var facts = Facts()
        switch subject {
        case .run(let id):
            guard let (run, course) = runs[id] else { return facts }
            facts.title = site.context.title(of: course)
            facts.readableID = run.coursewareID
            facts.page = course.page
            facts.subjectJSON = json(of: run, course)
        case .program(let id):
            facts.isProgram = true
            guard let program = site.context.catalog.program(id) else { return facts }
            facts.title = site.context.title(of: program)
            facts.readableID = program.readableID
            facts.programType = program.programType
            facts.page = program.page
            let document = site.context.document(of: program, parents: [], collections: collectionIDs[id] ?? [])
            facts.subjectJSON = document.pageDetails.flatMap { Array($0) }
        }
        return facts
    }

    /// The run, and in it the course without its runs.
    private mutating func json(of run: CourseRun, _ course: Course) -> [UInt8] {
        let document = site.context.document(
            of: course, for: .everyone, departments: course.departments, runs: [])
        let whole = site.context.encoded(run, of: course)
        var buffer = ByteBuffer()
        buffer.append(whole.dropLast())
        buffer.append(",\"course\":")
        for piece in document.details { buffer.append(piece) }
        buffer.append("}")
        return buffer.fittedBytes
    }

    private mutating func json(of page: CertificatePage?) -> [UInt8] {
        guard let page else { return Array("null".utf8) }
        var buffer = site.context.documentBuffer()
        buffer.object { site.context.write(page, parent: nil, into: &$0) }
        return site.context.keep(buffer)
    }

    /// The digest of a certificate of nobody in this form: whatever the templates make of the form is in it.
    private mutating func digest(
        of form: CertificateForm, _ subject: IssuedCertificate.Subject
    ) throws(TemplateError) -> Digest {
        let start = Timestamp(microseconds: 0)
        let nobody = IssuedCertificate(
            id: 0, subject: subject, uuid: "00000000-0000-0000-0000-000000000000",
            holder: IssuedCertificate.Holder(id: 0, username: "", name: "", created: start, updated: start),
            isRevoked: false, issued: start, revisionID: form.revisionID,
            credentialID: "00000000-0000-0000-0000-000000000000", credentialUpdated: start)
        let credential = JSONValue.object([])
        var sha = SHA256()
        sha.update(try page(of: nobody, form, credential: credential) ?? [])
        sha.update(document(of: nobody, form, credential: credential))
        return sha.finalize()
    }
}
