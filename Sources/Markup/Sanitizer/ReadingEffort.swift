/// What reading has cost so far, and when it is too much.
///
/// Two things take libxml2 time that grows with the square of a text: an end tag that ends nothing is looked for in all
/// open elements, and a tag's attribute in all before it. No text that a person wrote comes near the limits.
struct ReadingEffort {
    /// Up to so many bytes a text takes no time worth measuring, whatever it is.
    static let harmlessSize = 8192

    private static let deepest = 512
    private static let most = 50_000_000
    private static let mostSeparators = 2000

    private(set) var isExhausted = false
    private var depth = 0
    private var spent = 0
    private var separators = 0

    /// Bytes are handed to the parser: many that may separate attributes, and no event in between, are one long tag.
    mutating func spend(on piece: UnsafeBufferPointer<UInt8>) {
        if separators > ReadingEffort.mostSeparators { isExhausted = true }
        for byte in piece
        where byte <= 0x20 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            separators += 1
        }
    }

    mutating func spendOnStart(attributes: Int) {
        depth += 1
        separators = 0
        spend(attributes * attributes)
        if depth > ReadingEffort.deepest { isExhausted = true }
    }

    mutating func spendOnEnd() {
        depth -= 1
        separators = 0
    }

    mutating func spendOnText() {
        separators = 0
    }

    mutating func spendOnError() {
        spend(depth * 4)
    }

    private mutating func spend(_ effort: Int) {
        spent += effort
        if spent > ReadingEffort.most { isExhausted = true }
    }
}
