import Catalog
import Markup

/// A certificate as everybody sees it who has its address (`spec/catalog.md` §10.6); `certificate.mustache` draws it.
struct CertificatePageView: FramedView {
    /// Somebody who signs.
    struct SignatoryView: TemplateRecord {
        let name: String
        let titles: [String]
        let organization: String?
        let signature: ImageView?

        static let fields = TemplateFields<SignatoryView>(
            .text("name", \.name), .texts("titles", \.titles), .text("organization", \.organization),
            .record("signature", \.signature))
    }

    /// The certificate as a signed file.
    struct CredentialView: TemplateRecord {
        /// Where it is downloaded, absolute.
        let link: String
        /// Who signed it, as the file says: `did:key:z6Mk…`.
        let issuer: String?

        static let fields = TemplateFields<CredentialView>(.text("link", \.link), .text("issuer", \.issuer))
    }

    var page: PageFrame
    /// The learner's full name.
    let learner: String
    /// What was completed.
    let product: String
    let isProgram: Bool
    /// Of a program.
    let programType: String?
    /// Continuing education units; nil for no line about them.
    let ceus: String?
    let issued: DayView?
    let signatories: [SignatoryView]
    let uuid: String
    /// Where the certificate is, absolute.
    let link: String
    /// What the certificate's address begins with when it is genuine: the host of the site.
    let host: String
    /// The signed file, if there is one.
    let credential: CredentialView?
    /// What a sample says about itself; nil on a certificate.
    var sampleNote: String?

    static let fields = TemplateFields<CertificatePageView>(
        .record("page", \.page), .text("learner", \.learner), .text("product", \.product),
        .flag("isProgram", \.isProgram), .text("programType", \.programType), .text("ceus", \.ceus),
        .record("issued", \.issued), .flag("hasSignatories") { !$0.signatories.isEmpty },
        .list("signatories", \.signatories), .text("uuid", \.uuid), .text("link", \.link),
        .text("host", \.host), .record("credential", \.credential), .text("sampleNote", \.sampleNote))
}

/// What a certificate says beside its page: whose it is, for what, and since when.
struct CertificateFacts {
    let learner: String
    let uuid: String
    let issued: DayView?
    /// The hours of the run or program, when the page has others for it; see ``CertificatePage/overrides``.
    var ceus: String?
    var programType: String?
    var isProgram = false
    /// What was completed; nil for the name that the page gives it.
    var product: String?
    /// From where the signatures are looked for; nil for the page's own place.
    var media: PagePlace?
    /// The certificate as a signed file.
    var credential: CertificatePageView.CredentialView?
}

extension SiteRenderer {
    /// The certificate that `certificate` describes, at `place`.
    mutating func view(
        of certificate: CertificatePage, _ facts: CertificateFacts, at place: PagePlace
    ) -> CertificatePageView {
        let kind = facts.isProgram ? "certificate/program" : "certificate"
        let link = "\(context.settings.siteBaseURL)/\(kind)/\(facts.uuid)/"
        let product = facts.product ?? certificate.productName
        var page = frame(at: place, title: "Certificate: \(product)", canonical: link)
        page.isIndexed = false
        let hours = certificate.ceus?.trimmed
        return CertificatePageView(
            page: page, learner: facts.learner, product: product, isProgram: facts.isProgram,
            programType: facts.programType?.trimmed,
            ceus: hours.flatMap { $0.isEmpty ? nil : facts.ceus ?? $0 }, issued: facts.issued,
            signatories: certificate.signatories.map { signatory in
                CertificatePageView.SignatoryView(
                    name: signatory.name,
                    titles: signatory.titles.compactMap { $0?.trimmed }.filter { !$0.isEmpty },
                    organization: signatory.organization?.trimmed,
                    signature: MediaLink.view(
                        of: signatory.signature, from: facts.media ?? place,
                        alternative: "Signature of \(signatory.name)")?
                        .fitted(width: 150, height: 50))
            }, uuid: facts.uuid, link: link, host: context.settings.siteBaseURL.withoutScheme,
            credential: facts.credential)
    }
}

extension ImageView {
    /// The image no larger than `width` × `height`, in its own proportions.
    fileprivate func fitted(width most: Int, height high: Int) -> ImageView {
        guard width > 0, height > 0, width > most || height > high else { return self }
        let isWide = width * high > height * most
        return ImageView(
            source: source, width: isWide ? most : max(1, width * high / height),
            height: isWide ? max(1, height * most / width) : high, alternative: alternative)
    }
}

extension String {
    /// Host and port of the address.
    fileprivate var withoutScheme: String {
        firstRange(of: "://").map { String(self[$0.upperBound...]) } ?? self
    }
}
