/// Names for accounts at Open edX (`spec/openedx.md` §5.2).
///
/// Open edX accepts `A-Z a-z 0-9 _ -`, from 2 to 30 of them, and compares without regard to letter case.
public enum Usernames {
    /// The most characters that a name has.
    public static let maximumLength = 30

    /// How many numbers of each size are tried behind a name that is taken.
    private static let triesPerSize = 4

    /// What a full name, or the part of an e-mail address before the `@`, becomes as a name: `José  Núñez_Díaz!` is
    /// `josé-núñez-díaz`. Not yet cut, nor spelled as Open edX wants it (``accepted(_:)``).
    public static func derived(from text: String) -> String {
        var words: [String.UnicodeScalarView] = []
        var inWord = false
        for scalar in text.unicodeScalars {
            if scalar.isSeparator {
                inWord = false
            } else if scalar.isLetterOrDigit {
                if !inWord { words.append(String.UnicodeScalarView()) }
                inWord = true
                // Turkish: the first has no dot to lose, the second would keep one as a mark of its own.
                words[words.count - 1].append(scalar == "ı" || scalar == "İ" ? "i" : scalar)
            }
        }
        return words.map { String($0).lowercased() }.joined(separator: "-")
    }

    /// The name as Open edX accepts it: letters of the Latin script without their marks, everything else left out, cut
    /// to 30. Nil when fewer than 2 characters remain.
    public static func accepted(_ name: String) -> String? {
        let cut = String(transliterated(name).prefix(maximumLength))
        return cut.utf8.count < 2 ? nil : cut
    }

    /// The name as Open edX accepts it; nil also for an e-mail address, or the beginning of one, since others see the
    /// name.
    static func wish(_ name: String) -> String? {
        name.contains("@") ? nil : accepted(name)
    }

    /// The name made of the words of `text`; nil when Open edX accepts too little of them.
    private static func accepted(wordsOf text: String) -> String? {
        // Word by word, so that one in another script leaves no hyphen behind.
        let words = derived(from: text).split(separator: "-").map { transliterated(String($0)) }
        return accepted(words.filter { !$0.isEmpty }.joined(separator: "-"))
    }

    private static func transliterated(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += $1.transliterated }
    }

    /// The name that a learner gets who has none: the first of these that Open edX accepts: what they wished for, their
    /// name at MITx Online, their full name, their e-mail address, something random. What contains an `@` or is the
    /// e-mail address is no wish and no name.
    public static func proposed(
        desired: String?, username: String, email: String, name: String, random: RandomNumbers
    ) -> String {
        if let desired, !desired.contains("@"), let name = accepted(desired) { return name }
        if !username.contains("@"), !username.utf8.elementsEqual(email.utf8), let name = accepted(username) {
            return name
        }
        if let name = accepted(wordsOf: name) ?? accepted(wordsOf: email.beforeAt) { return name }
        return random.text(1, of: "abcdefghijklmnopqrstuvwxyz")
            + random.text(random.number(7...maximumLength - 1), of: "abcdefghijklmnopqrstuvwxyz0123456789")
    }

    /// Names like `base` to try when it is taken: `base_7`, `base_42`, up to five digits, some of each size. The base
    /// is cut so that they fit (`spec/openedx.md` §5.2.1).
    public static func variants(of base: String, random: RandomNumbers) -> [String] {
        var names: [String] = []
        for range in [0...9, 10...99, 100...999, 1000...9999, 10_000...99_999] {
            for _ in 0..<triesPerSize {
                let number = String(random.number(range))
                let name = "\(base.prefix(maximumLength - 1 - number.count))_\(number)"
                if !names.contains(name) { names.append(name) }
            }
        }
        return names
    }

    /// The name as it is compared with others.
    public static func folded(_ name: String) -> String {
        name.lowercased()
    }
}

extension String {
    /// The part of an e-mail address before the `@`.
    var beforeAt: String {
        String(prefix { $0 != "@" })
    }
}

extension Unicode.Scalar {
    /// White space, `_` and `-`: what separates the words of a name.
    fileprivate var isSeparator: Bool {
        self == "_" || self == "-" || properties.isWhitespace
    }

    /// What Python's `\w` matches beside the underscore.
    fileprivate var isLetterOrDigit: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// ASCII letters, digits, `_` and `-` themselves, letters of the Latin script without their marks, nothing for
    /// others.
    fileprivate var transliterated: String {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": return String(self)
        case _ where isASCII: return ""
        case "ß", "ẞ": return "ss"
        case "þ": return "th"
        case "Þ": return "Th"
        case "ð": return "d"
        case "Ð": return "D"
        case "ı": return "i"
        case "œ": return "oe"
        case "Œ": return "Oe"
        default: break
        }
        // LATIN SMALL LETTER E WITH ACUTE, LATIN CAPITAL LETTER AE
        guard let name = properties.name else { return "" }
        let words = name.split(separator: " ")
        guard words.count >= 4, words[0] == "LATIN", words[2] == "LETTER", words[1] == "SMALL" || words[1] == "CAPITAL",
            words[3].utf8.count <= 2, words.count == 4 || words[4] == "WITH"
        else { return "" }
        return words[1] == "SMALL" ? words[3].lowercased() : words[3].prefix(1) + words[3].dropFirst().lowercased()
    }
}
