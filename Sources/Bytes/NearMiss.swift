/// The known word that a mistyped one probably stands for.
public enum NearMiss {
    /// The nearest of `words`, nil when none is near; of equally near ones the first.
    ///
    /// Letter case, `-` and `_` do not count; a beginning of at least three letters counts as near.
    public static func nearest(to text: String, among words: [String]) -> String? {
        let given = folded(text)
        let limit = max(1, min(3, given.count / 3))
        var best: (word: String, distance: Int)?
        for word in words {
            let known = folded(word)
            let isBeginning = given.count >= 3 && known.starts(with: given)
            let distance = isBeginning ? min(1, known.count - given.count) : distance(from: given, to: known)
            if distance <= limit, distance < best?.distance ?? .max { best = (word, distance) }
        }
        return best?.word
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    }

    /// Insertions, deletions, substitutions and exchanges of neighbours (optimal string alignment).
    private static func distance(from left: [UInt8], to right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(substitution, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
