import Bytes
import Store

extension SyntheticCatalog {
    /// Organisations that courses are held for, each with a contract.
    func insertContracts(into session: inout Session) throws -> Int {
        let section = Section.organizations.page
        let rows = (1...contractCount).lazy.flatMap { number -> [PageRow] in
            var organization = section.child(
                number, id: PageID.organization(number), slug: "organization-\(number)",
                title: "Organization \(number)", type: .organizationpage)
            organization.childCount = 1
            let contract = organization.child(
                1, id: PageID.contract(number), slug: "contract-\(number)", title: "Contract \(number)",
                type: .contractpage)
            return [organization, contract]
        }
        return try insertRows(of: rows, into: &session)
            + session.insert("b2b_organizationpage", 1...contractCount) { number in
                [
                    "page_ptr_id": PageID.organization(number), "name": "Organization \(number)", "description": "",
                    "logo": "", "org_key": "ORG\(number)", "org_key_prefix": "UAI_",
                ]
            }
            + session.insert("b2b_contractpage", 1...contractCount) { number in
                [
                    "page_ptr_id": PageID.contract(number), "name": "Contract \(number)", "description": "",
                    "active": number % 5 != 4, "organization_id": PageID.organization(number),
                    "membership_type": "managed", "welcome_message": "", "welcome_message_extra": "",
                    "google_sheet_target_tab": "Sheet1",
                ]
            }
    }
}
