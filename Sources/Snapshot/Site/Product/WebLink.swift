/// Addresses that editors type into fields of their own.
enum WebLink {
    /// The address when it is one of the web that a link may lead to: `http` or `https`, with a host and nothing that ends an
    /// address. Anything else, such as `javascript:`, is no link.
    static func address(_ text: String?) -> String? {
        guard let text = text?.trimmed, let scheme = text.schemeEnd, scheme < text.utf8.endIndex,
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f && !$0.properties.isWhitespace })
        else { return nil }
        return text
    }
}

extension String {
    /// Where the host begins after `http://` or `https://`; nil for another scheme.
    fileprivate var schemeEnd: String.Index? {
        for scheme in ["https://", "http://"] {
            let head = utf8.prefix(scheme.utf8.count)
            if head.elementsEqual(scheme.utf8, by: { ($0 | 0x20) == ($1 | 0x20) }), let end = head.endIndex as Index?,
                utf8[end...].first.map({ $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
                )
                    == true
            {
                return end
            }
        }
        return nil
    }
}
