/// What becomes of an element of rich text.
enum ElementRule {
    /// It stays, with the attributes it may have.
    case kept(Tag)
    /// Its tags vanish, its content stays.
    case unwrapped
    /// Its tags vanish, its content stays, apart from what stands before and after.
    case separated
    /// It vanishes with all it holds.
    case dropped

    /// The rule for elements of that name. What is not known is unwrapped.
    static func of(_ name: ElementName) -> ElementRule {
        byName[name] ?? .unwrapped
    }

    /// Elements without content are not among those dropped: an unclosed one would take what follows with it.
    private static let byName: [ElementName: ElementRule] = {
        var rules: [ElementName: ElementRule] = [:]
        for tag in Tag.allCases { rules[ElementName(tag.rawValue)] = .kept(tag) }
        for (name, tag) in [("strike", Tag.s), ("del", .s)] { rules[ElementName(name)] = .kept(tag) }
        let separated = """
            address article aside center details dialog dir div fieldset footer form header hgroup legend listing main \
            marquee menu nav search section summary
            """
        for name in separated.split(separator: " ") where rules[ElementName(String(name))] == nil {
            rules[ElementName(String(name))] = .separated
        }
        let dropped = """
            applet audio button canvas datalist iframe math noembed noframes noscript object \
            option plaintext script select style svg template textarea title video xmp
            """
        for name in dropped.split(separator: " ") { rules[ElementName(String(name))] = .dropped }
        return rules
    }()
}
