import Markup

/// The addresses of files of the media storage: `media/…`, which goes on with the storage key, and `documents/<id>/<name>`
/// (`spec/catalog.md` §7.2, §7.9).
enum MediaAddress {
    /// Where on the site the file is that rich text knows as `address`, percent-encoded and with a slash at the beginning;
    /// nil when it is none. Editors type addresses by hand, and none may lead out of the two folders or stop a publication.
    static func path(of address: String, documents: [Int: String]) -> String? {
        guard let path = String(decoding: address.utf8.dropFirst(), as: UTF8.self).percentDecoded else { return nil }
        if path.hasPrefix("media/") { return isFit(path) ? path : nil }
        return documentID(in: path).flatMap { Self.path(ofDocument: $0, documents) }
    }

    /// The place of a document, named as its row says; nil without a row or a file.
    static func path(ofDocument id: Int, _ documents: [Int: String]) -> String? {
        guard let file = documents[id], let name = file.split(separator: "/").last else { return nil }
        let path = "documents/\(id)/\(name)"
        return isFit(path) ? path : nil
    }

    /// The id in `documents/<id>/<name>`; nil for any other path.
    static func documentID(in path: String) -> Int? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0] == "documents" && isFit(path) ? Int(parts[1]) : nil
    }

    /// Whether a file of a snapshot may have the path: no part is empty, `.`, `..` or too long for a file system, and there
    /// are no control characters.
    static func isFit(_ path: String) -> Bool {
        path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            && path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
                let areDots = part.count <= 2 && part.allSatisfy { $0 == UInt8(ascii: ".") }
                return !areDots && part.count <= 255
            }
    }
}

extension String {
    /// The text that percent-encoding stands for; nil when it is no text.
    var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            // A sign is no digit, though numbers may begin with one.
            if byte == UInt8(ascii: "%"), digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"),
                digits.count == 2, let code = UInt8(String(Substring(digits)), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
