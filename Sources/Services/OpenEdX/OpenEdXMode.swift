import Bytes

/// A mode in which learners may take a run, as the LMS has it (`spec/openedx.md` §3.17).
public struct OpenEdXMode: Hashable, Sendable {
    /// `audit`, `verified`.
    public var slug: String
    /// The name that learners see.
    public var displayName: String
    /// The currency of the price; the LMS answers in lower case what it takes in upper case.
    public var currency = "USD"
    /// The least price, in whole units of the currency.
    public var minimalPrice: Int
    /// Until when learners may choose it; nil for ever.
    public var expiration: Timestamp?
    /// What it is, for staff.
    public var description: String?

    /// A mode without an end.
    public init(_ slug: String, displayName: String, minimalPrice: Int) {
        self.slug = slug
        self.displayName = displayName
        self.minimalPrice = minimalPrice
    }

    /// A mode as the LMS answers it; nil when it has no slug or an end that is no instant.
    init?(_ value: JSONValue) {
        guard let slug = value["mode_slug"]?.string, !slug.isEmpty else { return nil }
        self.init(
            slug, displayName: value["mode_display_name"]?.string ?? slug, minimalPrice: value["min_price"]?.int ?? 0)
        if let currency = value["currency"]?.string { self.currency = currency }
        if let text = value["expiration_datetime"]?.string {
            guard let instant = Timestamp(text) else { return nil }
            expiration = instant
        }
        description = value["description"]?.string
    }
}
