import Bytes

/// What two texts have in common and what one has alone, word by word.
struct WordDiff: Equatable {
    /// A stretch of text.
    struct Piece: Equatable {
        enum Kind {
            /// In both texts.
            case same
            /// In the first text only.
            case removed
            /// In the second text only.
            case added
        }

        let kind: Kind
        var text: String
    }

    /// The stretches in order; no two of one kind follow one another. Those that are not added make up the first text, those
    /// that are not removed the second.
    private(set) var pieces: [Piece] = []

    /// So many words that differ are told apart; of texts that differ more, all between their common beginning and end
    /// counts as replaced. Time and memory grow with its square.
    static let bound = 600

    /// Compares two plain texts.
    init(from old: String, to new: String, bound: Int = WordDiff.bound) {
        let (before, after) = (Self.words(of: old), Self.words(of: new))
        var start = 0
        while start < before.count, start < after.count, before[start] == after[start] { start += 1 }
        var end = 0
        while end < before.count - start, end < after.count - start,
            before[before.count - 1 - end] == after[after.count - 1 - end]
        {
            end += 1
        }
        append(.same, before[..<start])
        let middle = (before[start..<(before.count - end)], after[start..<(after.count - end)])
        for step in Self.steps(Array(middle.0), Array(middle.1), bound: bound) { append(step.kind, [step.word]) }
        append(.same, before[(before.count - end)...])
        joinAcrossGaps()
    }

    private mutating func append(_ kind: Piece.Kind, _ words: some Sequence<ByteKey>) {
        for word in words {
            if pieces.last?.kind == kind {
                pieces[pieces.count - 1].text += word.text
            } else {
                pieces.append(Piece(kind: kind, text: word.text))
            }
        }
    }

    /// Words and what stands between them, in order.
    private static func words(of text: String) -> [ByteKey] {
        var words: [ByteKey] = []
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            let isGap = first.properties.isWhitespace
            let word = rest.prefix { $0.properties.isWhitespace == isGap }
            words.append(ByteKey(String(word)))
            rest = rest[word.endIndex...]
        }
        return words
    }

    /// The shortest way from one list of words to the other (E. W. Myers, An O(ND) Difference Algorithm, 1986); all removed
    /// and all added when it has more than `bound` steps.
    private static func steps(
        _ old: [ByteKey], _ new: [ByteKey], bound: Int
    ) -> [(kind: Piece.Kind, word: ByteKey)] {
        guard let furthest = trace(old, new, bound: bound) else {
            return old.map { (.removed, $0) } + new.map { (.added, $0) }
        }
        var steps: [(kind: Piece.Kind, word: ByteKey)] = []
        var (x, y) = (old.count, new.count)
        for edits in furthest.indices.reversed() {
            let row = furthest[edits]
            let diagonal = x - y
            let isDown = diagonal == -edits || (diagonal != edits && row[diagonal - 1] < row[diagonal + 1])
            let before = isDown ? diagonal + 1 : diagonal - 1
            let (startX, startY) = edits == 0 ? (0, 0) : (row[before], row[before] - before)
            while x > startX, y > startY, edits == 0 || (x, y) != (startX, startY) {
                guard x > 0, y > 0, old[x - 1] == new[y - 1] else { break }
                x -= 1
                y -= 1
                steps.append((.same, old[x]))
            }
            guard edits > 0 else { break }
            if isDown {
                y -= 1
                steps.append((.added, new[y]))
            } else {
                x -= 1
                steps.append((.removed, old[x]))
            }
        }
        return steps.reversed()
    }

    /// For each number of edits how far they had led before, by diagonal; nil when more than `bound` are needed.
    private static func trace(_ old: [ByteKey], _ new: [ByteKey], bound: Int) -> [Diagonals]? {
        var rows: [Diagonals] = []
        var current = Diagonals(reach: 1)
        current[1] = 0
        for edits in 0...min(bound, old.count + new.count) {
            rows.append(current)
            var next = Diagonals(reach: edits + 1)
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let isDown =
                    diagonal == -edits || (diagonal != edits && current[diagonal - 1] < current[diagonal + 1])
                var x = isDown ? current[diagonal + 1] : current[diagonal - 1] + 1
                while x < old.count, x - diagonal < new.count, old[x] == new[x - diagonal] { x += 1 }
                next[diagonal] = x
                if x >= old.count, x - diagonal >= new.count { return rows }
            }
            current = next
        }
        return nil
    }

    /// A number for each diagonal from `-reach` to `reach`; -1 where there is none.
    private struct Diagonals {
        private let reach: Int
        private var values: [Int]

        init(reach: Int) {
            self.reach = reach
            values = Array(repeating: -1, count: 2 * reach + 1)
        }

        subscript(diagonal: Int) -> Int {
            get { values.indices.contains(diagonal + reach) ? values[diagonal + reach] : -1 }
            set { values[diagonal + reach] = newValue }
        }
    }

    /// Lets a change of many words be one: a gap alone between two changes belongs to both sides.
    private mutating func joinAcrossGaps() {
        var joined: [Piece] = []
        var (removed, added) = ("", "")
        func flush() {
            if !removed.isEmpty { joined.append(Piece(kind: .removed, text: removed)) }
            if !added.isEmpty { joined.append(Piece(kind: .added, text: added)) }
            (removed, added) = ("", "")
        }
        for (index, piece) in pieces.enumerated() {
            switch piece.kind {
            case .removed: removed += piece.text
            case .added: added += piece.text
            case .same:
                let isInside = !(removed.isEmpty && added.isEmpty) && index + 1 < pieces.count
                if isInside, piece.text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
                    removed += piece.text
                    added += piece.text
                } else {
                    flush()
                    joined.append(piece)
                }
            }
        }
        flush()
        pieces = joined
    }
}
