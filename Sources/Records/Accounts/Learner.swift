import Bytes
import Command
import Store

/// A user of MITx Online with what Open edX is told about them at registration. Printed, it shows the id alone.
public struct Learner: Sendable {
    /// The key of `users_user`.
    public let id: Int
    /// The e-mail address.
    public let email: String
    /// The name at MITx Online.
    public let username: String
    /// The full name; may be empty.
    public let name: String
    /// The hash of the password as Django stores it.
    public let password: Secret
    /// The country of the legal address, ISO 3166-1; nil when there is no address.
    public let country: String?
    /// The state of the legal address, ISO 3166-2: `US-MA`.
    public let state: String?
    /// `m`, `f`, `t`, `nb` or `o`.
    public let gender: String?
    /// The year.
    public let yearOfBirth: Int?
    /// The words of the form: `Bachelor's degree`.
    public let highestEducation: String?
}

extension Learner: CustomStringConvertible, CustomReflectable {
    /// `learner 11`.
    public var description: String { "learner \(id)" }

    /// A mirror without children, so that an enclosing value prints none of them either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Session {
    /// The learner with that id, nil when there is none.
    ///
    /// - Throws: `StoreError`.
    public mutating func learner(_ id: Int) throws -> Learner? {
        let sql: SQL = """
            SELECT u.id AS id, u.email AS email, u.username AS username, u.name AS name, u.password AS password,
                a.country AS country, a.state AS state,
                p.gender AS gender, p.year_of_birth AS year_of_birth, p.highest_education AS highest_education
            FROM users_user u
            LEFT JOIN users_legaladdress a ON a.user_id = u.id
            LEFT JOIN users_userprofile p ON p.user_id = u.id
            WHERE u.id = \(id)
            """
        return try first(sql.labelled("users_user")) { row in
            Learner(
                id: try row["id"], email: try row["email"], username: try row["username"], name: try row["name"],
                password: Secret(try row["password"]), country: try row["country"], state: try row["state"],
                gender: try row["gender"], yearOfBirth: try row["year_of_birth"],
                highestEducation: try row["highest_education"])
        }
    }
}
