/// Bytes that many documents share, kept once.
enum Fixed {
    static let comma = Array(",".utf8)[...]
    static let closingBrace = Array("}".utf8)[...]
    static let null = Array("null".utf8)[...]
    static let courseRunsOpening = Array(",\"courseruns\":[".utf8)[...]
    static let courseRunsClosing = Array("]}".utf8)[...]
    static let listClosing = Array("]}".utf8)[...]
}
