import Bytes

extension JSONValue {
    /// The blocks of a stream with the keys in the order in which the page API gives them: type, value, id; inside the value
    /// `valueKeys`. Keys beyond these follow as stored.
    func stream(valueKeys: [String]) -> JSONValue {
        guard let blocks = array else { return .array([]) }
        return .array(
            blocks.map { block in
                block.mappingMember("value") { $0.ordered(by: valueKeys) }.ordered(by: ["type", "value", "id"])
            })
    }

    private func ordered(by keys: [String]) -> JSONValue {
        guard case .object(let members) = self else { return self }
        let first = keys.compactMap { key in members.last { $0.key == key } }
        return .object(first + members.filter { !keys.contains($0.key) })
    }

    private func mappingMember(_ key: String, _ transform: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(
            members.map { $0.key == key ? Member(key: key, value: transform($0.value)) : $0 })
    }
}
