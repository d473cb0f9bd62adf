/// The names that a setting's key has outside: key `html.siteName` is option `--html-site-name` and variable
/// `MITXONLINE_HTML_SITE_NAME`.
struct SettingName {
    private let words: [String]

    /// The name for `key`: words begin at a dot and at a capital letter, capitals in a row are one word (`siteBaseURL`),
    /// and the part `catalog` at the beginning is left out.
    init(key: String) {
        var words: [String] = []
        for part in key.split(separator: ".") where !(part == "catalog" && words.isEmpty) {
            let letters = Array(part)
            for (index, letter) in letters.enumerated() {
                let isAfterSmall = index > 0 && !letters[index - 1].isUppercase
                let isBeforeSmall = index + 1 < letters.count && letters[index + 1].isLowercase
                if index == 0 || letter.isUppercase && (isAfterSmall || isBeforeSmall) { words.append("") }
                words[words.count - 1].append(letter)
            }
        }
        self.words = words
    }

    /// `html-site-name`.
    var option: String { words.joined(separator: "-").lowercased() }

    /// `MITXONLINE_HTML_SITE_NAME`.
    var variable: String { "MITXONLINE_" + words.joined(separator: "_").uppercased() }
}
