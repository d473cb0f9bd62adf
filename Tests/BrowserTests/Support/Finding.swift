/// What a check says about a page.
struct Finding: Decodable, Sendable, CustomStringConvertible {
    /// The page's address without its first slash, or the path of another file.
    let page: String
    /// The rule that it breaks, such as `console` or `axe:image-alt`.
    let rule: String
    /// What exactly is wrong.
    let detail: String
    /// Whether it is worth knowing and nothing more.
    let remark: Bool

    var description: String { "/\(page): \(rule): \(detail)" }
}

extension [Finding] {
    /// What must not be.
    var problems: [Finding] { filter { !$0.remark } }

    /// The rules that are broken, each once with its page, as `pale.html axe:color-contrast`.
    var broken: Set<String> { Set(problems.map { "\($0.page) \($0.rule)" }) }
}
