/// Names and values out of `application/x-www-form-urlencoded`, in queries and bodies.
public enum FormDecoding {
    /// The pairs of a form or query in their order; a name without `=` has an empty value.
    public static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: decoded(parts[0]), value: parts.count == 2 ? decoded(parts[1]) : "")
        }
    }

    /// The first value of that name in the query of an address, decoded; nil without one, or when it is empty.
    public static func value(of name: String, inQueryOf address: String) -> String? {
        let query = address.prefix { $0 != "#" }.drop { $0 != "?" }.dropFirst()
        return pairs(query).first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// A name or value, decoded; what is not well encoded stays as it is.
    private static func decoded(_ encoded: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(encoded.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, !digits.contains(UInt8(ascii: "+")),
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
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
