/// Bytes that many documents share, kept once.
enum Fixed {
    static let comma = Array(",".utf8)[...]
    static let closingBrace = Array("}".utf8)[...]
    static let null = Array("null".utf8)[...]
    static let noVariantSets = Array(",\"possible_variant_sets\":[]}".utf8)[...]
    static let courseRunsOpening = Array(",\"courseruns\":[".utf8)[...]
    static let courseRunsClosing = Array("]}".utf8)[...]
    static let singleOpening = Array("{\"count\":1,\"next\":null,\"previous\":null,\"results\":[".utf8)[...]
    static let arrayOpening = Array("[".utf8)[...]
    static let arrayClosing = Array("]".utf8)[...]
    static let listClosing = Array("]}".utf8)[...]
}
