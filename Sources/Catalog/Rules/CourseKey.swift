/// The parts of an Open edX course key.
public enum CourseKey {
    /// The course part of `course-v1:ORG+COURSE+RUN` or `ORG/COURSE/RUN`; the whole text when it is no course key
    /// (`spec/catalog.md` §6.2.2, row 18).
    public static func courseNumber(of coursewareID: String) -> String {
        let prefix = "course-v1:"
        if coursewareID.hasPrefix(prefix) {
            return coursePart(of: coursewareID.dropFirst(prefix.count), separator: "+", extra: ":") ?? coursewareID
        }
        return coursePart(of: coursewareID[...], separator: "/", extra: "%") ?? coursewareID
    }

    private static func coursePart(of text: Substring, separator: Unicode.Scalar, extra: Unicode.Scalar) -> String? {
        let parts = text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        for part in parts {
            guard !part.isEmpty, part.allSatisfy({ isKeyCharacter($0) || $0 == extra }) else { return nil }
        }
        return String(parts[1])
    }

    private static func isKeyCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "~", ".": true
        default: scalar.isWordCharacter
        }
    }
}

extension Unicode.Scalar {
    /// Whether this is a letter, a digit or an underscore in any script, as `\w` means it.
    public var isWordCharacter: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "_": return true
        default: break
        }
        guard !isASCII else { return false }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
