import Store

/// What makes a learner one of a contract: they are in it, and in the organization that made it
/// (`users_user_b2b_contracts`, `b2b_userorganization`).
public struct ContractMembership: Hashable, Sendable {
    private let user: Int
    private let contract: Int
    /// The organization, if the learner was not in it before.
    private let newOrganization: Int?
    private let isNewInContract: Bool

    /// Adds a learner to a contract and its organization. A new row of the organization is kept until the organization's own
    /// list shows the learner; rows that exist stay as they are (`spec/openedx.md` §6.2).
    ///
    /// - Throws: ``StoreError``.
    public static func add(_ user: Int, to contract: Int, in session: inout Session) throws -> ContractMembership {
        let organization: Int? = try session.first(
            """
            INSERT INTO b2b_userorganization (user_id, organization_id, keep_until_seen, is_manager)
            SELECT u.id, c.organization_id, \(true), \(false)
            FROM users_user u JOIN b2b_contractpage c ON c.page_ptr_id = \(contract) WHERE u.id = \(user)
            ON CONFLICT (user_id, organization_id) DO NOTHING RETURNING organization_id
            """
        ) { row in try row["organization_id"] }
        let added = try session.execute(
            """
            INSERT INTO users_user_b2b_contracts (user_id, contractpage_id) VALUES (\(user), \(contract))
            ON CONFLICT (user_id, contractpage_id) DO NOTHING
            """)
        return ContractMembership(
            user: user, contract: contract, newOrganization: organization, isNewInContract: added == 1)
    }

    /// Removes what ``add(_:to:in:)`` made, and nothing that was there before.
    ///
    /// - Throws: ``StoreError``.
    public func remove(in session: inout Session) throws {
        if isNewInContract {
            try session.execute(
                "DELETE FROM users_user_b2b_contracts WHERE user_id = \(user) AND contractpage_id = \(contract)")
        }
        if let newOrganization {
            try session.execute(
                """
                DELETE FROM b2b_userorganization
                WHERE user_id = \(user) AND organization_id = \(newOrganization) AND keep_until_seen
                """)
        }
    }
}
