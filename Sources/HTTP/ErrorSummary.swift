import Command

/// What a message says about an answer that is not a success (`spec/openedx.md` §2.4).
public struct ErrorSummary: Hashable, Sendable, CustomStringConvertible {
    /// The most of a body that is told, in characters.
    public static let contentLimit = 2000

    /// `Response - code: 400, content: …`; of an HTML page the address takes the content's place.
    public let description: String

    /// A summary of `response`, which came from `url`.
    ///
    /// - Parameter secrets: what is masked wherever it stands in the content, as it is and as forms write it: at least the
    ///   token the request carried.
    public init(_ response: Response, from url: RequestURL, masking secrets: [Secret]) {
        let head = "Response - code: \(response.status)"
        if response["content-type"]?.lowercased().hasPrefix("text/html") == true {
            let address = ErrorSummary.mask(url.textWithoutQuery, secrets)
            description = "\(head), url: \(address), content: (HTML body ignored)"
        } else {
            // Cut last: half a secret would not be found.
            let content = ErrorSummary.mask(String(decoding: response.body, as: UTF8.self), secrets)
            description = "\(head), content: \(content.prefix(ErrorSummary.contentLimit))"
        }
    }

    private static func mask(_ text: String, _ secrets: [Secret]) -> String {
        let clear = secrets.map(\.revealed).filter { !$0.isEmpty }
        // The longest first: a secret may be part of another.
        let forms = Set(clear + clear.map { FormEncoding.component($0) }).sorted {
            ($1.utf8.count, $0) < ($0.utf8.count, $1)
        }
        return forms.reduce(text) { $0.replacing($1, with: Secret.redaction) }
    }
}
