/// What queries of addresses say.
enum FormDecoding {
    /// The first value of that name in the query of an address, decoded; nil without one, or when it is empty.
    static func value(of name: String, inQueryOf address: String) -> String? {
        let query = address.prefix { $0 != "#" }.drop { $0 != "?" }.dropFirst()
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty, text(parts[0]) == name else { continue }
            return text(parts[1])
        }
        return nil
    }

    /// A name or value, decoded; what is not well encoded stays as it is.
    private static func text(_ encoded: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = encoded.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, !digits.contains(UInt8(ascii: "+")),
                let code = UInt8(String(Substring(digits)), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
