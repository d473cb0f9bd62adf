import Store

extension Session {
    /// The program that a text names: digits are an id, another text is its key (`program-v1:MITx+DEDP`). Nil when there is
    /// none.
    ///
    /// - Throws: ``StoreError``.
    public mutating func programID(namedBy text: String) throws -> Int? {
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let id = Int(text) else { return nil }
            return try first("SELECT id FROM courses_program WHERE id = \(id)") { row in try row["id"] }
        }
        return try first("SELECT id FROM courses_program WHERE readable_id = \(text)") { row in try row["id"] }
    }
}
