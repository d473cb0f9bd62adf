import Catalog

/// Whether a readable id can name a folder (`spec/catalog.md` §5.2).
enum ReadableIDFolder {
    /// The longest name of a file, in bytes, on the file systems of Linux.
    static let maximumLength = 255

    /// Why the readable id cannot name a folder; nil when it can.
    static func problem(with readableID: String) -> String? {
        if ["page", "q", "enrollable", "page-live", "index.json", ".", ".."].contains(readableID) {
            return "is a reserved name"
        }
        if readableID.isEmpty { return "is empty" }
        if readableID.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return "is made of digits only, like a primary key"
        }
        if !hasOnlyAllowedCharacters(readableID) {
            return "has characters other than letters, digits, _ - + : ."
        }
        if readableID.utf8.count > maximumLength { return "is longer than \(maximumLength) bytes" }
        return nil
    }

    /// Whether all characters are letters, digits or one of `_ - + : .`.
    static func hasOnlyAllowedCharacters(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "-", "+", ":", ".": true
            default: scalar.isWordCharacter
            }
        }
    }
}
