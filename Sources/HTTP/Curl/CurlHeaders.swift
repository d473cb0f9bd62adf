import CCurl

/// The header fields of a request as libcurl takes them.
final class CurlHeaders {
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    /// The fields of the request, and none of those that libcurl would add by itself but `Host`, `User-Agent` and
    /// `Content-Length`.
    init(_ request: Request) {
        for header in request.headers {
            let value = header.value.revealed
            // A field without value ends with a semicolon in this list; with a colon it would not be sent.
            append(value.isEmpty ? "\(header.name);" : "\(header.name): \(value)")
        }
        for name in ["Accept", "Content-Type", "Expect"]
        where !request.headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
            append("\(name):")
        }
    }

    deinit { curl_slist_free_all(list) }

    private func append(_ line: String) {
        // Nil when there is no memory left: the list so far stays valid.
        if let longer = curl_slist_append(list, line) { list = longer }
    }
}
