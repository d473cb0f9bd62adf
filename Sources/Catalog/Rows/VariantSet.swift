/// A combination of language, length and industry in which a course may be offered (`variants_supportedvariant`).
public struct VariantSet: Hashable, Sendable {
    /// Primary key.
    public let id: Int
    /// A language code such as `es_419`.
    public let language: String
    /// Empty, or `S` for short.
    public let length: String
    /// Empty, or an industry code such as `HC`.
    public let industry: String
    /// Whether the set is offered at all.
    public let active: Bool
    /// Whether it is offered to organisations only.
    public let b2bOnly: Bool
    /// Whether it is the course's main form.
    public let isDefault: Bool

    /// The row with these values.
    public init(
        id: Int, language: String, length: String, industry: String, active: Bool, b2bOnly: Bool, isDefault: Bool
    ) {
        self.id = id
        self.language = language
        self.length = length
        self.industry = industry
        self.active = active
        self.b2bOnly = b2bOnly
        self.isDefault = isDefault
    }
}
