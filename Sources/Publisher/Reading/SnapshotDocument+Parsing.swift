import Bytes
import Snapshot

extension SnapshotDocument {
    /// The document with the JSON text `bytes` for the snapshot `id`; nil for anything else.
    init?(parsing bytes: [UInt8], snapshotID id: String) {
        guard let json = try? JSONValue(parsing: bytes), json["schema"]?.int == Self.schema,
            json["snapshot_id"]?.string == id, let compat = json["compat"]?.string,
            let renderedAt = json["rendered_at"]?.string.flatMap({ Timestamp($0) }),
            case .object(let counts)? = json["counts"], let warnings = json["warnings"]?.array
        else { return nil }
        self.init(
            compat: compat, renderedAt: renderedAt,
            nextChangeAt: json["next_change_at"]?.string.flatMap { Timestamp($0) },
            inputDigest: json["input_digest"]?.string.flatMap { Digest(hex: $0) },
            counts: counts.compactMap { member in member.value.int.map { Count(member.key, $0) } },
            warnings: warnings.compactMap(Warning.init))
        previousID = json["previous_snapshot_id"]?.string
        heldSince = json["held_since"]?.string.flatMap { Timestamp($0) }
    }
}

extension Warning {
    fileprivate init?(_ json: JSONValue) {
        guard let code = json["code"]?.string, let table = json["table"]?.string, let id = json["id"]?.string,
            let text = json["text"]?.string
        else { return nil }
        self.init(code: code, table: table, id: id, text: text)
    }
}
