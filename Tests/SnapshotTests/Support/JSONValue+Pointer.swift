import Bytes
import Support

extension JSONValue {
    /// The values that `pointer` names, as compact JSON: the steps of a JSON pointer, `*` for each element of an array.
    ///
    ///     list.at("/results/*/id") == "[1,2]"
    ///
    /// `(missing)` stands for a value that is not there, so that null and absent differ.
    func at(_ pointer: String) -> String {
        found(pointer.split(separator: "/"))?.compactText ?? "(missing)"
    }

    private func found(_ steps: ArraySlice<Substring>) -> JSONValue? {
        guard let step = steps.first else { return self }
        switch self {
        case .object: return self[String(step)]?.found(steps.dropFirst())
        case .array(let elements) where step == "*":
            return .array(elements.map { $0.found(steps.dropFirst()) ?? .string("(missing)") })
        case .array(let elements):
            guard let index = Int(step), elements.indices.contains(index) else { return nil }
            return elements[index].found(steps.dropFirst())
        default: return nil
        }
    }

    private func found(_ steps: [Substring]) -> JSONValue? { found(steps[...]) }

    /// The keys of an object, in their order.
    var keys: [String] {
        if case .object(let members) = self { members.map(\.key) } else { [] }
    }
}
