import Bytes

/// A field that a draft changes, with both its values.
public struct FieldChange: Hashable, Sendable {
    /// What a field holds, and so how it is shown to people.
    public enum Kind: Hashable, Sendable {
        /// Plain text.
        case text
        /// Rich text.
        case richText
        /// Yes, no, or neither.
        case flag
        /// A whole or a decimal number.
        case number
        /// A stream of blocks.
        case blocks
        /// The id of an image.
        case image
        /// Ids of topics.
        case topics
        /// Ids of instructors' pages.
        case instructors
        /// Ids of pages of courses and programs.
        case products
        /// The id of a course or program.
        case owner
        /// Ids of signatories' pages.
        case signatories
    }

    /// The name of the field in the model, such as `feature_image`.
    public let name: String
    /// What the field holds.
    public let kind: Kind
    /// What everybody sees; null when the page is not live.
    public let live: JSONValue
    /// What the draft says; streams of blocks decoded, numbers with two decimal places as text.
    public let draft: JSONValue

    /// The change of one field.
    public init(name: String, kind: Kind, live: JSONValue, draft: JSONValue) {
        self.name = name
        self.kind = kind
        self.live = live
        self.draft = draft
    }
}
