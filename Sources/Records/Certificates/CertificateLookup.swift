import Store

extension Session {
    /// Those of the UUIDs that a certificate of either kind has.
    ///
    /// - Throws: ``StoreError``.
    public mutating func certificates(among uuids: [UniqueID]) throws -> Set<UniqueID> {
        var found: Set<UniqueID> = []
        for kind in CertificateKind.allCases {
            let sql: SQL = "SELECT uuid FROM \(identifier: kind.table) WHERE uuid \(in: uuids)"
            found.formUnion(try rows(sql.labelled(kind.table)) { row in try row["uuid"] as UniqueID })
        }
        return found
    }
}
