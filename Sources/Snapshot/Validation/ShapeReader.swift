import Bytes

/// Reads one document once: that it is JSON, that it has its shape, and what it says about itself.
struct ShapeReader {
    /// Something that is wrong at a place of the document.
    struct Finding {
        let pointer: String
        let text: String
    }

    private(set) var facts = DocumentFacts()
    private(set) var findings: [Finding] = []

    private let table: ShapeTable
    private let limit: Int
    private let enforcesLimits: Bool
    private var skimmer: JSONSkimmer
    /// The way from the top of the document to the current value.
    private var way: [Step] = []

    private enum Step {
        case key(StaticString)
        case element(Int)
    }

    /// What is known of the items whose places `bytes` leave open, in order.
    private let items: [DocumentFacts]

    /// Reads `bytes` by `table`; beyond `limit` findings the document is only read on, not reported on. `enforcesLimits` says
    /// whether the lengths of texts and the signs of prices count.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, items: [DocumentFacts] = [], table: ShapeTable, limit: Int,
        enforcesLimits: Bool
    ) {
        self.items = items
        self.table = table
        self.limit = limit
        self.enforcesLimits = enforcesLimits
        skimmer = JSONSkimmer(bytes, placeholders: items.count)
        do throws(MalformedJSON) {
            try value(0)
            try skimmer.finish()
        } catch {
            way = []
            report("is not JSON: \(error.problem) at byte \(error.offset)")
        }
    }

    private mutating func report(_ text: @autoclosure () -> String, below key: StaticString? = nil) {
        guard findings.count < limit else { return }
        var pointer = way.map { step in
            switch step {
            case .key(let key): "/\(key)"
            case .element(let index): "/\(index)"
            }
        }.joined()
        if let key { pointer += "/\(key)" }
        findings.append(Finding(pointer: pointer, text: text()))
    }

    private mutating func value(_ place: Int) throws(MalformedJSON) {
        skimmer.skipWhitespace()
        let node = table.nodes[place]
        if node.kind == .anything { return try skimmer.value() }
        switch skimmer.current {
        case JSONSkimmer.placeholder where place == table.item:
            if skimmer.placeholdersPassed < items.count { facts.add(items[skimmer.placeholdersPassed]) }
            try skimmer.passPlaceholder()
        case UInt8(ascii: "{") where node.kind == .object: try object(node)
        case UInt8(ascii: "[") where node.kind == .array: try array(node)
        case UInt8(ascii: "\"") where node.kind == .text || node.kind == .instant: try text(node)
        case UInt8(ascii: "n"):
            try skimmer.word("null")
            if !node.allowsNull { report("is null, and must be \(node.kind.words)") }
        case UInt8(ascii: "t") where node.kind == .boolean: try skimmer.word("true")
        case UInt8(ascii: "f") where node.kind == .boolean: try skimmer.word("false")
        case UInt8(ascii: "-") where node.kind == .integer || node.kind == .price,
            UInt8(ascii: "0")...UInt8(ascii: "9") where node.kind == .integer || node.kind == .price:
            try number(node)
        default:
            try skimmer.value()
            report("must be \(node.kind.words)\(node.allowsNull ? " or null" : "")")
        }
    }

    private mutating func object(_ node: ShapeTable.Node) throws(MalformedJSON) {
        try skimmer.enter()
        var seen: UInt64 = 0
        if skimmer.current != UInt8(ascii: "}") {
            // Documents are written in the order of their shape, so the member after the last one is tried first.
            var next = node.members.lowerBound
            repeat {
                let key = try skimmer.key()
                if let member = find(key, in: node.members, from: next) {
                    way.append(.key(table.members[member].key))
                    let bit: UInt64 = 1 << UInt64(member - node.members.lowerBound)
                    if seen & bit != 0 { report("stands twice in its object") }
                    seen |= bit
                    next = member + 1
                    try value(table.members[member].node)
                    way.removeLast()
                } else {
                    try skimmer.value()
                }
            } while skimmer.nextElement()
        }
        try skimmer.leave("}")
        if seen.nonzeroBitCount < node.members.count { reportMissing(in: node.members, seen: seen) }
    }

    private func find(_ key: Range<Int>, in members: Range<Int>, from next: Int) -> Int? {
        if next < members.upperBound, skimmer.matches(table.members[next].key, at: key) { return next }
        return members.first { skimmer.matches(table.members[$0].key, at: key) }
    }

    private mutating func reportMissing(in members: Range<Int>, seen: UInt64) {
        for member in members where seen & (1 << UInt64(member - members.lowerBound)) == 0 {
            let expected = table.members[member]
            if !table.nodes[expected.node].isOptional { report("is missing", below: expected.key) }
        }
    }

    private mutating func array(_ node: ShapeTable.Node) throws(MalformedJSON) {
        try skimmer.enter()
        if skimmer.current != UInt8(ascii: "]") {
            var index = 0
            repeat {
                way.append(.element(index))
                try value(node.element)
                way.removeLast()
                index += 1
            } while skimmer.nextElement()
        }
        try skimmer.leave("]")
    }

    private mutating func text(_ node: ShapeTable.Node) throws(MalformedJSON) {
        let range = try skimmer.string()
        if node.kind == .instant {
            let utf8 = skimmer[range]
            if utf8.count != 20 && utf8.count != 27 || utf8[10] != UInt8(ascii: "T") || utf8.last != UInt8(ascii: "Z")
                || Timestamp(utf8: utf8) == nil
            {
                report("must be an instant in UTC that ends in Z")
            }
        } else if enforcesLimits, !node.length.contains(range.count) {
            let count = skimmer.decoded(range).unicodeScalars.count
            if !node.length.contains(count) {
                report("has \(count) characters, and must have \(node.length.lowerBound) to \(node.length.upperBound)")
            }
        }
        if let fact = node.fact { facts.note(fact, text: skimmer.decoded(range)) }
    }

    private mutating func number(_ node: ShapeTable.Node) throws(MalformedJSON) {
        let isNegative = skimmer.current == UInt8(ascii: "-")
        let (text, isInteger) = try skimmer.number()
        if node.kind == .price {
            if isInteger { report("must be a price, with at least one fraction digit") }
            if isNegative, enforcesLimits { report("is a price below zero") }
        } else if isInteger, let number = Int(skimmer.decoded(text)) {
            if let fact = node.fact { facts.note(fact, number: number) }
        } else {
            report("must be an integer")
        }
    }
}

extension ShapeTable.Kind {
    fileprivate var words: StaticString {
        switch self {
        case .anything: "any value"
        case .text: "a string"
        case .instant: "an instant"
        case .integer: "an integer"
        case .price: "a price"
        case .boolean: "true or false"
        case .object: "an object"
        case .array: "an array"
        }
    }
}

extension JSONSkimmer {
    /// The text in `range`, the inside of a string or a number that was stepped over.
    fileprivate func decoded(_ range: Range<Int>) -> String {
        let raw = self[range]
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        let quoted = [UInt8(ascii: "\"")] + Array(raw) + [UInt8(ascii: "\"")]
        return (try? JSONValue(parsing: quoted))?.string ?? ""
    }
}
