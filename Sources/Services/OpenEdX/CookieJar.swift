import HTTP

/// The cookies of one authorization, each for the host alone that set it.
struct CookieJar: Sendable {
    private var cookies: [(origin: String, name: String, value: String)] = []

    /// Sets a cookie for an origin; an earlier one of that name goes.
    mutating func set(_ name: String, _ value: String, for origin: String) {
        cookies.removeAll { $0.origin == origin && $0.name == name }
        cookies.append((origin, name, value))
    }

    /// Takes the cookies that an answer of `origin` sets, and drops those that it takes back.
    ///
    /// Domains and paths are not looked at: no cookie goes to another host than the one that set it.
    mutating func take(_ response: Response, from origin: String) {
        for header in response.headers where header.name == "set-cookie" {
            let parts = header.value.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
            let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, !pair[0].isEmpty else { continue }
            let name = String(pair[0].trimmed)
            let isTakenBack = parts.dropFirst().contains { attribute in
                let text = attribute.lowercased()
                return text == "max-age=0" || text.hasPrefix("max-age=-") || text.hasPrefix("expires=thu, 01 jan 1970")
                    || text.hasPrefix("expires=thu, 01-jan-1970")
            }
            if isTakenBack {
                cookies.removeAll { $0.origin == origin && $0.name == name }
            } else {
                set(name, String(pair[1].trimmed), for: origin)
            }
        }
    }

    /// The header field with the cookies for an origin; nil when there are none.
    func header(for origin: String) -> Header? {
        let own = cookies.filter { $0.origin == origin }.map { "\($0.name)=\($0.value)" }
        return own.isEmpty ? nil : Header("Cookie", own.joined(separator: "; "))
    }
}

extension StringProtocol {
    /// The text without spaces and tabs at its ends.
    fileprivate var trimmed: SubSequence {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
