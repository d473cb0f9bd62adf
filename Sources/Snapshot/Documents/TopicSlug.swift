import Catalog

/// The word that stands for a topic in URLs (`spec/catalog.md` §7.10).
enum TopicSlug {
    /// A slug for each topic; `topics` by id, since the later of two equal slugs gets its id appended, once
    /// more for as long as another topic has that too.
    static func slugs(of topics: [Topic]) -> [Int: String] {
        var used: Set<String> = []
        var slugs: [Int: String] = [:]
        for topic in topics {
            var slug = slug(of: topic.name)
            if slug.isEmpty { slug = "topic-\(topic.id)" }
            while used.contains(slug) { slug += "-\(topic.id)" }
            used.insert(slug)
            slugs[topic.id] = slug
        }
        return slugs
    }

    /// ASCII letters, digits, `_` and single `-`; empty when nothing is left of the name.
    static func slug(of name: String) -> String {
        var slug = ""
        var gap = false
        for scalar in name.lowercased().unicodeScalars {
            if scalar == "-" || scalar.properties.isWhitespace {
                gap = true
                continue
            }
            let text = scalar.isASCII ? String(scalar) : FoldedLetters.ascii[scalar] ?? ""
            for letter in text.unicodeScalars where letter.isSlugCharacter {
                if gap { slug.append("-") }
                gap = false
                slug.unicodeScalars.append(letter)
            }
        }
        return String(slug.drop(while: isEdge).reversed().drop(while: isEdge).reversed())
    }

    private static func isEdge(_ character: Character) -> Bool { character == "-" || character == "_" }
}

extension Unicode.Scalar {
    fileprivate var isSlugCharacter: Bool {
        switch self {
        case "a"..."z", "0"..."9", "_": true
        default: false
        }
    }
}
