import Bytes
import Catalog
import Store

extension CatalogReader {
    /// Certificate pages, and the first live one below each page.
    mutating func readCertificates(_ session: inout Session) throws -> [ByteKey: CertificatePage] {
        var signatories: [Int: Signatory] = [:]
        let columns = "page_ptr_id, name, title_1, title_2, title_3, organization, signature_image_id"
        data.signatories = try session.rows(
            .table("cms_signatorypage", columns: columns, orderBy: "page_ptr_id")
        ) { row in
            Signatory(
                id: try row["page_ptr_id"], name: try row["name"],
                titles: [try row["title_1"], try row["title_2"], try row["title_3"]],
                organization: try row["organization"], signature: image(try row["signature_image_id"]))
        }
        for signatory in data.signatories { signatories[signatory.id] = signatory }
        data.certificatePages = try session.rows(
            .table(
                "cms_certificatepage", columns: "page_ptr_id, product_name, CEUs, signatories, overrides",
                orderBy: "page_ptr_id")
        ) { row in
            let page = try page(try row["page_ptr_id"], table: "cms_certificatepage")
            let productName: String = try row["product_name"]
            let ceus: String? = try row["CEUs"]
            let signers: JSONValue = try row["signatories"]
            return CertificatePage(
                page: page, productName: productName, ceus: ceus, overrides: try row["overrides"],
                signatories: (signers.array ?? []).compactMap { $0["value"]?.int }.compactMap { signatories[$0] })
        }
        var first: [ByteKey: CertificatePage] = [:]
        for certificate in data.certificatePages where certificate.page.live {
            guard let parent = certificate.page.parentPath.map(ByteKey.init) else { continue }
            if let other = first[parent], ByteKey(other.page.path) < ByteKey(certificate.page.path) { continue }
            first[parent] = certificate
        }
        return first
    }
}
