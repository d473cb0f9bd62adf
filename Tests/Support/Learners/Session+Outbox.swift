import Bytes
import Store

extension Session {
    /// What waits in the outbox, sorted: `mail enrollment 11 812`, `subscribe 812`.
    public mutating func outboxLines() throws -> [String] {
        let lines: [String] = try rows("SELECT kind, payload FROM \(flows: "outbox") WHERE done_at IS NULL ORDER BY id")
        {
            row in
            let (kind, payload): (String, JSONValue) = (try row["kind"], try row["payload"])
            let words = [
                payload["template"]?.string, payload["user"]?.int.map(String.init),
                payload["enrollment"]?.int.map(String.init),
            ]
            return ([kind] + words.compactMap(\.self)).joined(separator: " ")
        }
        return lines.sorted()
    }
}
