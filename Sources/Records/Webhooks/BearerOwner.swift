import Bytes
import Command
import Store

/// Whose access token somebody has shown: a row of `oauth2_provider_accesstoken` with its user.
public struct BearerOwner: Hashable, Sendable {
    /// The user; nil for a token that is nobody's.
    public let user: Int?
    /// Whether the user belongs to the staff.
    public let isStaff: Bool
    /// Whether the user may still log in.
    public let isActive: Bool
    /// When the token ends.
    public let expires: Timestamp
}

extension Session {
    /// The owner of an access token, expired or not; nil when it was never given out (`spec/openedx.md` §12.1).
    ///
    /// - Throws: ``StoreError``.
    public mutating func bearerOwner(of token: Secret) throws -> BearerOwner? {
        let digest = SHA256.hash(token.revealed.utf8)
        let sql: SQL = """
            SELECT t.token_checksum AS token_checksum, t.expires AS expires, u.id AS user_id, u.is_staff AS is_staff,
                u.is_active AS is_active
            FROM oauth2_provider_accesstoken t LEFT JOIN users_user u ON u.id = t.user_id
            WHERE t.token_checksum = \(digest.hex)
            """
        return try first(sql.labelled("oauth2_provider_accesstoken")) { row in
            let (checksum, isStaff, isActive): (String, Bool?, Bool?) = (
                try row["token_checksum"], try row["is_staff"], try row["is_active"]
            )
            // An index may find what is merely equal by a collation.
            guard let known = Digest(hex: checksum), known.equalsInConstantTime(digest) else { return nil }
            return BearerOwner(
                user: try row["user_id"], isStaff: isStaff ?? false, isActive: isActive ?? false,
                expires: try row["expires"])
        }.flatMap(\.self)
    }
}
