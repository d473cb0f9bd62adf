import Bytes
import Command

extension Invocation {
    /// Prints what a run counted.
    func print(_ outcome: Outcome, text: String) throws(Failure) {
        try print(text) { object in
            for (name, value) in outcome.summary?.pairs ?? [] {
                switch value {
                case .int(let number): object.member(name, number)
                case .string(let text): object.member(name, text)
                default: continue
                }
            }
        }
    }
}

extension Outcome {
    /// What was counted and is not nought: `selected 2, enrolled 2`.
    var counts: String {
        let counts = (summary?.pairs ?? []).compactMap { pair -> String? in
            guard case .int(let number) = pair.value, number > 0 else { return nil }
            return "\(pair.name) \(number)"
        }
        return counts.joined(separator: ", ")
    }
}
