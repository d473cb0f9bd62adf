import Bytes

extension Schema.Column {
    /// The value to bind for a text such as PostgreSQL's `COPY` writes it; nil is NULL.
    ///
    /// Nil when the column cannot hold it: a malformed number, timestamp, UUID or JSON document, or NULL where a value is
    /// required.
    public func bind(fromText text: String?) -> Bind? {
        guard var text else { return isNullable ? .null : nil }
        return text.withUTF8 { bytes in bind(Cell(text: bytes)) }
    }

    private func bind(_ cell: Cell) -> Bind? {
        switch type {
        case .smallint, .integer, .bigint: Int64(cell: cell)?.bind
        case .boolean: Bool(cell: cell)?.bind
        case .timestamptz: Timestamp(cell: cell)?.bind
        case .date: CivilDate(cell: cell)?.bind
        case .numeric(_, let scale): Decimal64(utf8: cell.text, scale: scale)?.bind
        case .doublePrecision: Double(cell: cell)?.bind
        case .jsonb: JSONValue(cell: cell)?.bind
        case .uuid: UUIDText.normalised(cell.text)?.bind
        case .text, .varchar, .tsvector: String(cell: cell)?.bind
        }
    }
}
